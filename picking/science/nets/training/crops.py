"""Training crops: patches cut around places, and randomly rotated, mirrored, scaled and shifted copies of them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.settings import Recipe
from picking.science.picks import Points


@dataclass(frozen=True)
class Patches:
    """pixels: float32 (n, side, side); centres: float32 (n, 2), x, y of each place in its patch.

    weights: float32 (n,), how often each is shown beside the others; without, all are alike.
    """

    pixels: Tensor
    centres: Tensor
    weights: Tensor | None = None

    def __len__(self) -> int:
        return len(self.pixels)

    @property
    def count(self) -> float:
        """How many labels they are: as many as there are patches, or less where some count less."""
        return float(len(self) if self.weights is None else self.weights.sum())

    def __getitem__(self, index: Tensor) -> "Patches":
        return Patches(self.pixels[index], self.centres[index])

    def to(self, device: torch.device) -> "Patches":
        return Patches(self.pixels.to(device), self.centres.to(device), self.weights)


def joined(*patches: Patches) -> Patches:
    """One after the other."""
    return Patches(torch.cat([p.pixels for p in patches]), torch.cat([p.centres for p in patches]))


def cut(
    inputs: Mapping[str, NetworkInput],
    places: Mapping[str, Points],
    recipe: Recipe,
    weights: Mapping[str, NDArray[np.float64]] | None = None,
) -> Patches:
    """Patches around places (input pixels, by micrograph), large enough for any copy that the recipe asks for.

    weights: (n,) of the places of each micrograph.
    """
    reach = (recipe.crop / 2 + recipe.shift) * math.sqrt(2) * (1 + recipe.scale)
    patches = around(inputs, places, 2 * math.ceil(reach) + 2)
    if not weights:
        return patches
    every = np.concatenate([weights[name] for name in sorted(places)])
    return replace(patches, weights=torch.from_numpy(every.astype(np.float32)) if (every < 1).any() else None)


def around(inputs: Mapping[str, NetworkInput], places: Mapping[str, Points], side: int) -> Patches:
    """Patches of an even side with places (input pixels, by micrograph) less than half a pixel off their middle.

    Beyond a micrograph's border the image is mirrored.
    """
    pixels, centres = [], []
    for name in sorted(places):
        image = inputs[name].pixels
        for x, y in places[name].tolist():
            left, top = math.floor(x) - side // 2 + 1, math.floor(y) - side // 2 + 1
            rows, columns = _mirrored(top, side, image.shape[0]), _mirrored(left, side, image.shape[1])
            pixels.append(image[np.ix_(rows, columns)])
            centres.append((x - left, y - top))
    return Patches(
        torch.from_numpy(np.array(pixels, np.float32).reshape(-1, side, side)),
        torch.tensor(centres, dtype=torch.float32).reshape(-1, 2),
    )


def _mirrored(start: int, count: int, size: int) -> NDArray[np.intp]:
    """Indices start ... start + count - 1 with those outside 0 ... size - 1 mirrored back in."""
    index = np.arange(start, start + count) % (2 * size)
    return np.minimum(index, 2 * size - 1 - index)


def copies(patches: Patches, recipe: Recipe, clamp: float, random: torch.Generator) -> tuple[Tensor, Tensor]:
    """One random copy of each patch: pixels (n, crop, crop), and where its place went, x, y from the middle (n, 2).

    Grey values stay within ±clamp. All random numbers come from the CPU's generator, so that they are the same on
    every device.
    """
    n, device, crop = len(patches), patches.pixels.device, recipe.crop
    numbers = 2 * torch.rand(n, 6, generator=random) - 1
    angle, size = math.pi * numbers[:, 0], 1 + recipe.scale * numbers[:, 1]
    mirror = torch.where(numbers[:, 2] < 0, -1.0, 1.0)
    shift, gain = recipe.shift * numbers[:, 3:5], 1 + recipe.contrast * numbers[:, 5]
    noise = recipe.noise * torch.randn(n, crop, crop, generator=random)
    cosine, sine = torch.cos(angle) * size, torch.sin(angle) * size
    turn = torch.stack([cosine * mirror, -sine, sine * mirror, cosine], 1).reshape(n, 2, 2).to(device)
    shift, gain, noise = shift.to(device), gain.to(device), noise.to(device)
    line = torch.arange(crop, device=device) - (crop - 1) / 2
    y, x = torch.meshgrid(line, line, indexing="ij")
    moved = torch.stack([x, y], -1)[None] - shift[:, None, None]
    source = torch.einsum("nij,nyxj->nyxi", turn, moved) + patches.centres[:, None, None]
    grid = (2 * source + 1) / patches.pixels.shape[-1] - 1
    pixels = functional.grid_sample(
        patches.pixels[:, None], grid, mode="bilinear", padding_mode="reflection", align_corners=False
    )[:, 0]
    return (pixels * gain[:, None, None] + noise).clamp(-clamp, clamp), shift
