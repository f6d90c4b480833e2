"""Make simulated.safetensors: `make pretrain`.

The networks that every project shares: `simulated`, which finds particles, and `contamination`, which tells what is
not to be picked from them. They are trained on simulated micrographs of many specimens, each with a density of its own,
so that they learn what particles have in common rather than one specimen. No real micrograph is used.
"""

import argparse
import copy
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from picking.science.imaging.network_input import InputSettings
from picking.science.nets.device import best_device
from picking.science.nets.model.file import save_nets
from picking.science.nets.model.particle import SIMULATED
from picking.science.nets.model.shallow import ShallowNet, Shape, seeded
from picking.science.nets.model.windows import STRIDE
from picking.science.nets.training.scenes import scene
from picking.science.nets.training.tiles import Ground, TileSettings, grain, grounds, tile
from picking.science.picks import NEAR

MICROGRAPHS = 240
DIAMETER = InputSettings().working_diameter

Kind = Literal["simulated", "contamination"]


@dataclass(frozen=True)
class Course:
    """How a network is taught, with AdamW and one cycle up to `learning_rate`.

    batch: tiles a step; cells: along a tile's map. spread: the target of the particle network is a Gaussian with this
    sigma about each particle, in input pixels; it is judged within half a diameter. dirty: the part of the negatives'
    weight that contamination has. clean: the part of the contamination network's negatives that lies on particles; the
    rest is empty ice. kept: of the running mean of the weights, which is what is saved, each step keeps this part.
    """

    shape: Shape
    steps: int = 1500
    batch: int = 8
    cells: int = 32
    learning_rate: float = 6e-3
    weight_decay: float = 1e-2
    warm_up: float = 0.25
    spread: float = 2.0
    near: float = 0.5
    dirty: float = 0.25
    clean: float = 0.7
    kept: float = 0.998
    tiles: TileSettings = field(default_factory=TileSettings)


COURSES: dict[Kind, Course] = {
    "simulated": Course(Shape(kernels=(5, 5, 3), dilations=(1, 1, 2), channels=(16, 32, 32, 32))),
    "contamination": Course(Shape(kernels=(5, 5, 3), dilations=(1, 1, 2), channels=(16, 32, 32, 32)), steps=1000),
}


def taught(every: Sequence[Ground], kind: Kind, course: Course, seed: int) -> ShallowNet:
    """Train one network; the same on the same machine for the same grounds, course and seed."""
    random, device = np.random.default_rng([seed, len(kind)]), best_device()
    coarse = grain(course.tiles, random)
    net = seeded(course.shape, seed).to(device).train()
    net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    mean = copy.deepcopy(net)
    optimizer = torch.optim.AdamW(net.parameters(), lr=course.learning_rate, weight_decay=course.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, course.learning_rate, total_steps=course.steps, pct_start=course.warm_up
    )
    side = course.shape.side(course.cells)
    for step in range(1, course.steps + 1):
        drawn = [tile(every, coarse, side, course.tiles, random) for _ in range(course.batch)]
        pixels = torch.from_numpy(np.stack([one.pixels for one in drawn])).to(device)
        loss = _LOSSES[kind](net(pixels), [_at_cells(one, course) for one in drawn], course)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        _follow(mean, net, min(course.kept, step / (step + 9)))
        _told(kind, step, course.steps, loss)
    return mean.eval()


def particle_loss(logits: Tensor, truth: Sequence[Ground], course: Course) -> Tensor:
    """Cross-entropy with equal weight for the surroundings of particles and for all else; overlapping ones are free."""
    away, dirty, unsure = (_stacked(truth, name, logits) for name in ("away", "dirty", "unsure"))
    near = (away < course.near * DIAMETER).to(logits.dtype)
    losses = _losses(logits, torch.exp(-0.5 * (away / course.spread) ** 2))
    empty = course.dirty * _mean(losses, (1 - near) * dirty) + (1 - course.dirty) * _mean(
        losses, (1 - near) * (1 - unsure) * (1 - dirty)
    )
    return _mean(losses, near * (1 - unsure)) + empty


def contamination_loss(logits: Tensor, truth: Sequence[Ground], course: Course) -> Tensor:
    """Cross-entropy with equal weight for contamination and for all else, most of that on particles."""
    away, dirty, unsure = (_stacked(truth, name, logits) for name in ("away", "dirty", "unsure"))
    bad = torch.maximum(dirty, unsure)
    near = (away < course.near * DIAMETER).to(logits.dtype)
    losses = _losses(logits, bad)
    on_particles = _mean(losses, (1 - bad) * (away < NEAR * DIAMETER))
    return (
        _mean(losses, bad * (1 - near))
        + course.clean * on_particles
        + (1 - course.clean) * _mean(losses, (1 - bad) * (1 - near))
    )


_LOSSES = {"simulated": particle_loss, "contamination": contamination_loss}


def _losses(logits: Tensor, target: Tensor) -> Tensor:
    return functional.binary_cross_entropy_with_logits(logits, target, reduction="none")


def _mean(losses: Tensor, counted: Tensor) -> Tensor:
    return (losses * counted).sum() / counted.sum().clamp(min=1)


def _at_cells(one: Ground, course: Course) -> Ground:
    """The truth where the cells of the network's map lie."""
    first = (course.shape.receptive_field - STRIDE) // 2
    cells = slice(first, first + STRIDE * course.cells, STRIDE)
    return Ground(one.pixels, one.away[cells, cells], one.dirty[cells, cells], one.unsure[cells, cells])


def _stacked(truth: Sequence[Ground], name: str, like: Tensor) -> Tensor:
    return torch.from_numpy(np.stack([getattr(one, name) for one in truth])).to(like)


@torch.no_grad()
def _follow(mean: ShallowNet, net: ShallowNet, kept: float) -> None:
    """The running mean of all weights, those of the batch normalisation included."""
    for old, new in zip(mean.state_dict().values(), net.state_dict().values(), strict=True):
        if old.is_floating_point():
            old.lerp_(new, 1 - kept)
        else:
            old.copy_(new)


def _told(kind: str, step: int, steps: int, loss: Tensor) -> None:
    if step % 100 == 0:
        sys.stdout.write(f"{kind}: step {step} of {steps}, loss {loss.item():.3f}\n")
        sys.stdout.flush()


def main(seed: int, path: Path) -> None:
    """Simulate, train and write."""
    started = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        scenes = list(pool.map(scene, range(MICROGRAPHS), chunksize=8))
    nets: dict[str, ShallowNet] = {}
    for kind, course in COURSES.items():
        every = grounds(scenes, course.tiles, np.random.default_rng(seed))
        nets[kind] = taught(every, kind, course, seed)
    save_nets(path, nets)
    sys.stdout.write(f"{path}: {time.perf_counter() - started:.0f} s\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Train the networks that come with CryoWeb on simulated micrographs.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--to", type=Path, default=SIMULATED, help="the file that is written")
    options = parser.parse_args()
    main(options.seed, options.to)
