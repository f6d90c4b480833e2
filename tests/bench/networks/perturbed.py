"""The networks on real micrographs damaged as those of other laboratories may be, where real data is available."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from scipy.ndimage import gaussian_filter

from picking.science.benchmark import Dataset, Figures, draw_labels, read_dataset, score_picks
from picking.science.imaging.micrograph import Pixels
from picking.science.imaging.network_input import DEFAULT, MAD_TO_SIGMA, InputSettings, NetworkInput, make_network_input
from picking.science.nets import TrainingSet, best_device, pick, train
from picking.science.picks import Points
from tests.bench.networks.accuracy import REAL_DATA
from tests.bench.tables import Cell, print_table

LABELS = 20
FRAME = 0.08
"""Width of a frame as a part of the side: wider than any smeared border that is looked for."""

Random = np.random.Generator


@dataclass(frozen=True)
class Change:
    """pixels: what is done to a micrograph (ny, nx); covered: the part of each side whose particles are gone then.

    off: how many diameters the particle labels lie off their particles, in the mean.
    """

    pixels: Callable[[Pixels, Random], Pixels]
    covered: float = 0.0
    off: float = 0.0


def _as_they_are(pixels: Pixels, random: Random) -> Pixels:
    return pixels


def _inverted(pixels: Pixels, random: Random) -> Pixels:
    return np.asarray(pixels.max() - pixels, np.float32)


def _gradient(pixels: Pixels, random: Random) -> Pixels:
    return np.asarray(pixels * np.linspace(0.8, 1.2, pixels.shape[1]), np.float32)


def _saturated(pixels: Pixels, random: Random) -> Pixels:
    middle, sigma = np.median(pixels), _sigma(pixels)
    return np.clip(pixels, middle - 2 * sigma, middle + 2 * sigma)


def _noisy(pixels: Pixels, random: Random) -> Pixels:
    noise = random.standard_normal(pixels.shape, np.float32)
    return pixels + np.float32(np.sqrt(3) * _sigma(pixels)) * noise


def _blurred(pixels: Pixels, random: Random) -> Pixels:
    blurred: Pixels = gaussian_filter(pixels, 10)
    return blurred


def _hot(pixels: Pixels, random: Random) -> Pixels:
    hot = pixels.copy()
    hot[random.random(pixels.shape, np.float32) < 0.001] = 1e6
    return hot


def _hot_lines(pixels: Pixels, random: Random) -> Pixels:
    hot = pixels.copy()
    hot[random.integers(0, len(hot), 6)] = 1e5
    hot[:, random.integers(0, hot.shape[1], 12)] = 1e5
    return hot


def _framed(pixels: Pixels, random: Random) -> Pixels:
    """Within zeros, far from the grey values of the micrograph, 60 sigma, as in detectors that integrate."""
    width = [round(FRAME * n) for n in pixels.shape]
    framed = np.zeros_like(pixels)
    inside = tuple(slice(w, n - w) for w, n in zip(width, pixels.shape, strict=True))
    framed[inside] = pixels[inside] - np.median(pixels) + 60 * _sigma(pixels)
    return framed


def _sigma(pixels: Pixels) -> float:
    some = pixels[::8, ::8]
    return float(MAD_TO_SIGMA * np.median(np.abs(some - np.median(some))))


CHANGES = {
    "undamaged": Change(_as_they_are),
    "inverted": Change(_inverted),
    "gradient, 0.8 to 1.2 times": Change(_gradient),
    "saturated beyond 2 sigma": Change(_saturated),
    "twice the noise per pixel": Change(_noisy),
    "blurred by 10 pixels": Change(_blurred),
    "one pixel in 1,000 hot": Change(_hot),
    "18 hot lines": Change(_hot_lines),
    "a frame of zeros": Change(_framed, FRAME),
    "particle labels 0.15 diameters off": Change(_as_they_are, off=0.15),
    "particle labels 0.25 diameters off": Change(_as_they_are, off=0.25),
}


def changed(
    dataset: Dataset, change: Change, made_with: InputSettings = DEFAULT
) -> tuple[Dataset, dict[str, NetworkInput]]:
    """The data set with the particles and contamination that are left, and the inputs of all its micrographs."""
    inputs = {}
    for number, name in enumerate(dict.fromkeys([*dataset.pool, *dataset.test])):
        pixels = change.pixels(dataset.pixels(name), np.random.default_rng(number))
        inputs[name] = make_network_input(pixels, dataset.pixel_size, dataset.diameter, made_with)

    def left(places: Mapping[str, Points]) -> dict[str, Points]:
        seen = inputs.keys() & places.keys()
        return {name: _uncovered(places[name], inputs[name], change.covered) for name in seen}

    kept = replace(dataset, particles=left(dataset.particles), contamination=left(dataset.contamination))
    return kept, inputs


def _uncovered(points: Points, image: NetworkInput, covered: float) -> Points:
    """The points (n, 2) that lie in no frame; micrograph pixels."""
    size = np.array([image.width, image.height])
    return points[((points >= covered * size) & (points < (1 - covered) * size)).all(axis=1)]


def measure(dataset: Dataset, change: Change, seeds: int) -> list[float]:
    """Median AP, best F1 and F1 at the defaults of both networks."""
    kept, inputs = changed(dataset, change)
    runs: list[Figures] = []
    for seed in range(seeds):
        networks = train(changed_labels(kept, inputs, change, seed), None, seed, best_device())
        runs.append(score_picks(kept, {name: pick(networks, inputs[name], best_device()) for name in kept.test}))
    return [median(run[key] for run in runs) for key in ("AP", "best_F1", "F1_at_defaults")]


def changed_labels(dataset: Dataset, inputs: Mapping[str, NetworkInput], change: Change, seed: int) -> TrainingSet:
    """The draw of labels, those of particles as far off as the change says."""
    examples = draw_labels(dataset, inputs, LABELS, seed)
    off = change.off * dataset.diameter_px
    return replace(examples, particles=_off(examples.particles, off, np.random.default_rng(seed)))


def _off(places: Mapping[str, Points], mean: float, random: Random) -> dict[str, Points]:
    """Normally distributed around the places, `mean` pixels from them in the mean."""
    sigma = mean / np.sqrt(np.pi / 2)
    return {name: points + random.normal(0, sigma, points.shape) for name, points in places.items()}


def run(seeds: int = 3) -> None:
    print(f"\nThe networks on damaged real micrographs, {LABELS} labels of each kind, {seeds} seeds", flush=True)
    if not REAL_DATA.is_dir():
        print(f"  left out: {REAL_DATA} is not here")
        return
    dataset = read_dataset(REAL_DATA)
    rows: list[list[Cell]] = [[name, *measure(dataset, change, seeds)] for name, change in CHANGES.items()]
    print_table(["", "AP", "best F1", "at defaults"], rows)
