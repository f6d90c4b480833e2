"""Make simulated.safetensors: the first part of `make pretrain` (about six minutes on two cores).

The part of the particle network that every project shares. It is trained on simulated micrographs of many specimens,
each with a different random density, so that it learns what particles have in common rather than one specimen. No real
micrograph is used.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

from picking.science.imaging.network_input import InputSettings, NetworkInput, make_network_input, normalised
from picking.science.nets.device import best_device
from picking.science.nets.model.file import save_nets
from picking.science.nets.model.particle import SIMULATED
from picking.science.nets.model.shallow import Shape
from picking.science.nets.settings import Recipe
from picking.science.nets.training.crops import cut
from picking.science.nets.training.fit import fit
from picking.science.picks import Points
from picking.science.simulate import Simulation, simulate_micrograph

MICROGRAPHS = 240
SIDE = 560
PLACES = 60
"""The most places of each kind that are cut from a micrograph."""
RECIPE = Recipe(
    Shape(kernels=(5, 5, 3), dilations=(1, 1, 2), channels=(16, 32, 32, 32)),
    steps=1500,
    batch=48,
    contrast=0.25,
    calibration=(1.0, 0.0),
)
INPUT = InputSettings()

Scene = tuple[NetworkInput, Points, Points]
"""The image, its particles and its contamination, in input pixels."""


def scenes() -> Iterator[Scene]:
    """Half of them are two superimposed micrographs, as real particles overlap; all have texture added."""
    simulated = [_scene(number) for number in range(MICROGRAPHS)]
    random = np.random.default_rng(5)
    for scene in simulated:
        both = _overlaid(scene, simulated[random.integers(MICROGRAPHS)]) if random.random() < 0.5 else scene
        image, particles, contamination = both
        pixels = normalised(image.pixels + random.uniform(0, 1) * _texture(image.pixels.shape, random), INPUT.clamp)
        yield replace(image, pixels=pixels), particles, contamination


def _scene(number: int) -> Scene:
    """A micrograph at 18 to 24 pixels a diameter, of a specimen of its own."""
    random = np.random.default_rng([7, number])
    diameter = float(np.exp(random.uniform(np.log(80), np.log(400))))
    pixel_size = diameter / random.uniform(18, 24)
    settings = Simulation(
        width=SIDE,
        height=SIDE,
        pixel_size=pixel_size,
        diameter=diameter,
        particles=int(np.exp(random.uniform(np.log(30), np.log(420)))),
        aspect=1.0 if random.random() < 0.5 else float(random.uniform(1, 2.5)),
        contrast=float(np.exp(random.uniform(np.log(0.006), np.log(0.03))) * np.sqrt(160 / diameter)),
        defocus=float(random.uniform(8_000, 35_000)),
        dose=float(random.uniform(20, 60)),
        ice_crystals=int(random.integers(0, 14)),
        carbon=bool(random.random() < 0.25),
        specimen=1000 + number,
    )
    micrograph = simulate_micrograph(settings, number)
    image = make_network_input(micrograph.pixels, pixel_size, diameter)
    return image, image.to_input(micrograph.particles), image.to_input(micrograph.contamination)


def _overlaid(one: Scene, other: Scene) -> Scene:
    """The sum of both where they overlap."""
    ny, nx = np.minimum(one[0].pixels.shape, other[0].pixels.shape)
    pixels = one[0].pixels[:ny, :nx] + other[0].pixels[:ny, :nx]
    particles, contamination = (_within(np.concatenate(pair), nx, ny) for pair in zip(one[1:], other[1:], strict=True))
    return replace(one[0], pixels=pixels), particles, contamination


def _within(places: Points, nx: int, ny: int) -> Points:
    return places[(places < (nx - 1, ny - 1)).all(axis=1)]


def _texture(shape: tuple[int, ...], random: np.random.Generator) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Noise of standard deviation 1 with grains of one to three pixels: real ice is coarser than the simulation's."""
    noise = gaussian_filter(random.standard_normal(shape), random.uniform(1, 3))
    noise -= gaussian_filter(noise, 16)
    return np.asarray(noise / noise.std(), np.float32)


def main() -> None:
    """Simulate, train and write."""
    random = np.random.default_rng(6)
    inputs, particles, background, contamination = {}, {}, {}, {}
    for number, (image, centres, dirt) in enumerate(scenes()):
        name = f"{number:03}"
        empty = random.uniform((0, 0), np.array(image.pixels.shape[::-1]) - 1, (4 * PLACES, 2))
        empty = empty[cKDTree(centres).query(empty)[0] > image.diameter / 2]
        inputs[name], background[name], contamination[name] = image, empty[:PLACES], dirt[:20]
        particles[name] = centres[random.permutation(len(centres))[:PLACES]]
    positive, empty_ice, dirty = (
        cut(inputs, places, RECIPE).to(best_device()) for places in (particles, background, contamination)
    )
    net = fit(positive, [(empty_ice, 0.8), (dirty, 0.2)], RECIPE, INPUT, 0, _told)
    save_nets(SIMULATED, {"simulated": net})


def _told(step: int, loss: float) -> None:
    if step % 100 == 0:
        sys.stdout.write(f"step {step} of {RECIPE.steps}: loss {loss:.3f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
