"""Small network inputs with planted discs, and labels on them."""

import numpy as np
from torch import Tensor

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets import Recipe, Settings, TrainingSet
from picking.science.nets.model.shallow import ShallowNet, Shape
from picking.science.picks import Points

SIDE, DIAMETER = 220, 16.0
DISCS: Points = np.array(
    [(x + 3.0 * (x % 7), y + 2.0 * (x % 5)) for x in range(24, 196, 42) for y in range(24, 196, 42)]
)
EMPTY: Points = np.array([(x, y) for x in (46.0, 88.0, 130.0) for y in (46.0, 130.0, 172.0)])
EDGES: Points = np.array([(8.0, y) for y in range(20, 210, 20)])
QUICK = Settings(particle=Recipe(steps=60), contamination=Recipe(steps=40, spread=0.0, near=0.3, negative_near=0.3))


class Copying(ShallowNet):
    """Answers with the pixels themselves, one for each cell."""

    def __init__(self) -> None:
        super().__init__(Shape(first=2, kernels=(), dilations=(), channels=(1,)))

    def forward(self, pixels: Tensor) -> Tensor:
        return pixels[:, ::2, ::2]


def scene(seed: int = 0, sign: float = -1.0, stripe: bool = False) -> NetworkInput:
    """Discs at DISCS in noise; `stripe`: a strong border of a film along the left side."""
    pixels = np.random.default_rng(seed).normal(0, 0.5, (SIDE, SIDE)).astype(np.float32)
    rows, columns = np.mgrid[:SIDE, :SIDE]
    for x, y in DISCS:
        pixels[np.hypot(columns - x, rows - y) < DIAMETER / 2] += 2 * sign
    if stripe:
        pixels[:, 5:12] -= 5
    return NetworkInput(np.clip(pixels, -6, 6), SIDE, SIDE, 0, 0, SIDE, SIDE, DIAMETER)


def labelled(image: NetworkInput, particles: Points = DISCS[:12], background: Points = EMPTY) -> TrainingSet:
    return TrainingSet({"one": image}, {"one": particles}, {"one": background})
