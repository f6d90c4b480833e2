"""Scenes and their targets, cut into random tiles for training."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from picking.science.nets.model.shallow import Shape
from picking.science.nets.model.windows import STRIDE
from picking.science.nets.pretraining.looks import looked_at
from picking.science.nets.pretraining.scenes import scene
from picking.science.nets.pretraining.targets import Targets, targets_of

TOGETHER = 20
"""So many scenes are simulated at once; those of them are superimposed on one another."""
LOOKS = 2
"""How often each scene is used, each time in other texture and through another filter."""


@dataclass(frozen=True)
class Example:
    """pixels: float16 (ny, nx), what the networks see; targets: of its cells."""

    pixels: NDArray[np.float16]
    targets: Targets


@dataclass(frozen=True)
class Batch:
    """pixels: (n, side, side); the rest: (n, cells, cells), see Targets, particle from 0 to 1."""

    pixels: Tensor
    particle: Tensor
    near: Tensor
    dirt: Tensor
    pair: Tensor


def examples(groups: int) -> Iterator[Example]:
    """TOGETHER * LOOKS for each group, simulated in two processes."""
    with ProcessPoolExecutor(2, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        for made in pool.map(group, range(groups)):
            yield from made


def group(number: int) -> list[Example]:
    """The examples of this number."""
    scenes = [scene(TOGETHER * number + i) for i in range(TOGETHER)]
    random = np.random.default_rng([5, number])
    made = []
    for each in LOOKS * scenes:
        seen = looked_at(each, scenes[random.integers(TOGETHER)], random)
        made.append(Example(seen.image.pixels.astype(np.float16), targets_of(seen)))
    return made


def tiles(every: Sequence[Example], count: int, cells: int, shape: Shape, random: np.random.Generator) -> Batch:
    """Random tiles, turned by quarters and mirrored, that give a network of this shape maps of `cells` × `cells`."""
    side, before = shape.side(cells), (shape.receptive_field - STRIDE) // (2 * STRIDE)
    pixels, truths = [], []
    for index in random.integers(len(every), size=count).tolist():
        example, targets = every[index], every[index].targets
        row, column = ((n - side) // STRIDE for n in example.pixels.shape)
        row, column = int(random.integers(row + 1)), int(random.integers(column + 1))
        quarters, mirrored = int(random.integers(4)), bool(random.integers(2))

        def turned(tile: NDArray[np.generic], k: int = quarters, mirror: bool = mirrored) -> NDArray[np.generic]:
            return np.rot90(tile[:, ::-1] if mirror else tile, k)

        pixels.append(turned(example.pixels[STRIDE * row :, STRIDE * column :][:side, :side]))
        rows, columns = (slice(first + before, first + before + cells) for first in (row, column))
        maps = (targets.particle, targets.near, targets.dirt, targets.pair)
        truths.append([turned(each[rows, columns]) for each in maps])
    particle, *flags = (torch.from_numpy(np.stack(each)) for each in zip(*truths, strict=True))
    return Batch(torch.from_numpy(np.stack(pixels)).float(), particle.float() / 255, *flags)
