"""Make judge.json: `python -m picking.science.diameter.learn` (about ten minutes on two cores).

Everything is learnt from simulated micrographs: specimens of all sizes and shapes, and some with no particles at all.
No real micrograph is used. The network that looks is simulated.safetensors as it is at the time, and is kept beside.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from picking.science.diameter.features import features_of
from picking.science.diameter.judge import NETWORK, WEIGHTS, Judge
from picking.science.diameter.suggest import scan
from picking.science.imaging.micrograph import Pixels
from picking.science.nets.model.particle import SIMULATED
from picking.science.simulate import Simulation, simulate_micrograph

Floats = NDArray[np.floating[Any]]

SETS = 40
EMPTY = 7
"""One set in so many has no particles."""
SPREAD = 0.1
"""Sigma of the target about the logarithm of the true diameter, one trial."""
STEPS, RATE, DECAY = 300, 1e-2, 1.0
NOISE = 0.15
"""Standard deviation of what is added to the normalised features at each step."""


@dataclass(frozen=True)
class Scan:
    """diameter: the true one, Å; None for no particles. diameters: (trials,), tried. dark, bright: (trials, n)."""

    diameter: float | None
    diameters: Floats
    dark: Floats
    bright: Floats


def scans_of(number: int) -> list[Scan]:
    """The features of set `number`: of each of its two micrographs, and of both together."""
    settings, micrographs = simulated(number)
    diameters, dark, bright = scan([(pixels, settings.pixel_size) for pixels in micrographs])
    true = settings.diameter if settings.particles else None
    scans = []
    for some in ([0], [1], [0, 1]):
        chosen = [features_of([[looks[i] for i in some] for looks in side]) for side in (dark, bright)]
        scans.append(Scan(true, diameters, *chosen))
    return scans


def simulated(number: int) -> tuple[Simulation, list[Pixels]]:
    """Two micrographs of a specimen of its own, 26 to 45 pixels a diameter; some have texture, some overlaps."""
    random = np.random.default_rng([77, number])
    diameter = float(np.exp(random.uniform(np.log(70), np.log(500))))
    pixel_size = diameter / random.uniform(26, 45)
    side = int(min(1100, max(560, 3000 / pixel_size, random.uniform(11, 18) * diameter / pixel_size)))
    across = side * pixel_size / diameter
    density = np.exp(random.uniform(np.log(0.06), np.log(0.5)))
    aspect = 1.0 if random.random() < 0.5 else float(random.uniform(1, 3))
    empty = number % EMPTY == 0
    settings = Simulation(
        width=side,
        height=side,
        pixel_size=pixel_size,
        diameter=diameter,
        aspect=aspect,
        particles=0 if empty else max(3, round(density * across**2)),
        contrast=float(np.exp(random.uniform(0, np.log(3.5))) / diameter),
        dose=float(random.uniform(20, 60)),
        ice_crystals=int(random.integers(0, max(2, int(14 * (across / 16) ** 2)))),
        carbon=bool(random.random() < 0.25),
        specimen=5000 + number,
    )
    overlaid, textured = random.random() < 0.3, random.random() < 0.6
    micrographs = []
    for seed in (1000 * number, 1000 * number + 1):
        exposed = replace(settings, defocus=float(random.uniform(8_000, 35_000)))
        pixels = simulate_micrograph(exposed, seed).pixels
        if overlaid:
            pixels = pixels + simulate_micrograph(exposed, seed + 2).pixels
        micrographs.append(pixels + _texture(pixels, pixel_size, random) if textured else pixels)
    return settings, micrographs


def _texture(pixels: Pixels, pixel_size: float, random: np.random.Generator) -> Pixels:
    """Noise with grains of 4 to 30 Å, up to as strong as what the micrograph holds at that size."""
    grain = np.exp(random.uniform(np.log(4), np.log(30))) / pixel_size

    def band(image: Pixels) -> Pixels:
        return np.asarray(gaussian_filter(image, grain) - gaussian_filter(image, 4 * grain), np.float32)

    noise = band(random.standard_normal(pixels.shape).astype(np.float32))
    return np.asarray(noise * random.uniform(0, 1) * band(pixels).std() / noise.std(), np.float32)


def learn(scans: list[Scan], seed: int = 0) -> Judge:
    """The judge that gives the true diameters, and no particles where there are none, the most likelihood."""
    every = np.concatenate([side for each in scans for side in (each.dark, each.bright)])
    mean, deviation = every.mean(axis=0), every.std(axis=0) + 1e-3
    longest = max(len(each.diameters) for each in scans)
    shape = (len(scans), 2, longest)
    features = torch.zeros(*shape, every.shape[1])
    missing, targets = torch.full(shape, -torch.inf), torch.zeros(len(scans), 2 * longest + 1)
    for i, each in enumerate(scans):
        trials = len(each.diameters)
        for j, side in enumerate((each.dark, each.bright)):
            features[i, j, :trials] = torch.from_numpy((side - mean) / deviation)
        missing[i, :, :trials] = 0
        targets[i] = _target(each, longest)
    generator = torch.Generator().manual_seed(seed)
    weights = torch.zeros(every.shape[1], requires_grad=True)
    offset = torch.zeros((), requires_grad=True)
    optimiser = torch.optim.AdamW([weights, offset], RATE, weight_decay=DECAY)
    for _ in range(STEPS):
        noisy = features + NOISE * torch.randn(features.shape, generator=generator)
        sums = (noisy @ weights + offset + missing).flatten(1)
        likely = torch.log_softmax(torch.cat([sums, torch.zeros(len(scans), 1)], 1), 1)
        loss = -(targets * likely.clamp(min=-50)).sum(1).mean()
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
    kept = weights.detach().numpy() / deviation
    return Judge(kept, float(offset.detach()) - float(kept @ mean))


def _target(each: Scan, longest: int) -> torch.Tensor:
    """(2 * longest + 1,): dark, bright, nothing. All simulated particles are dark."""
    target = torch.zeros(2 * longest + 1)
    if each.diameter is None:
        target[-1] = 1
    else:
        away = torch.from_numpy(np.log(each.diameters / each.diameter)) / SPREAD
        target[: len(each.diameters)] = torch.softmax(-(away**2) / 2, 0)
    return target


def all_scans() -> Iterator[Scan]:
    """Of every set, in order."""
    with ProcessPoolExecutor(2, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        for number, scans in enumerate(pool.map(scans_of, range(SETS))):
            sys.stdout.write(f"set {number + 1} of {SETS}\n")
            sys.stdout.flush()
            yield from scans


def main() -> None:
    """Simulate, scan, learn and write."""
    shutil.copyfile(SIMULATED, NETWORK)
    judge = learn(list(all_scans()))
    kept = {"weights": [round(float(w), 5) for w in judge.weights], "offset": round(judge.offset, 5)}
    WEIGHTS.write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    main()
