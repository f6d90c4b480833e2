"""The course of training: every cell of random tiles."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from picking.science.imaging.network_input import InputSettings
from picking.science.nets.model.shallow import ShallowNet, Shape, seeded
from picking.science.nets.pretraining.examples import Batch, Example, tiles

REPORT_STEPS = 50
CLAMP = InputSettings().clamp
SHAPE = Shape(kernels=(5, 5, 3), dilations=(1, 1, 2), channels=(16, 32, 32, 32))


@dataclass(frozen=True)
class Course:
    """AdamW with one cycle up to `learning_rate`; the weights are a running mean over about 1 / (1 - kept) steps.

    batch, cells: each step shows `batch` tiles of `cells` × `cells` cells. warm_up: the fraction of the steps in which
    the rate rises.
    empty, dirt: what empty ice and contamination count beside particles, each as a whole.
    contrast: grey values are multiplied by up to this much more or less than one. noise: the most that is added.
    """

    shape: Shape = SHAPE
    steps: int = 1200
    batch: int = 12
    cells: int = 56
    learning_rate: float = 6e-3
    weight_decay: float = 1e-2
    warm_up: float = 0.15
    kept: float = 0.995
    empty: float = 0.7
    dirt: float = 0.3
    contrast: float = 0.25
    noise: float = 0.3


def trained(course: Course, every: Sequence[Example], seed: int = 0) -> ShallowNet:
    """A particle network that has seen the examples."""
    random, noise = np.random.default_rng(seed), torch.Generator().manual_seed(seed)
    net = seeded(course.shape, seed).train()
    running = get_ema_multi_avg_fn(course.kept)  # type: ignore[no-untyped-call]
    mean = AveragedModel(net, multi_avg_fn=running, use_buffers=True)
    optimizer = torch.optim.AdamW(net.parameters(), lr=course.learning_rate, weight_decay=course.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, course.learning_rate, total_steps=course.steps, pct_start=course.warm_up
    )
    for step in range(1, course.steps + 1):
        batch = tiles(every, course.batch, course.cells, course.shape, random)
        with torch.autocast("cpu", torch.bfloat16):  # four times as fast where the processor has AMX
            logits = net(_varied(batch.pixels, course, noise))
        loss = loss_of(logits.float(), batch, course)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        mean.update_parameters(net)
        if step % REPORT_STEPS == 0:
            sys.stdout.write(f"step {step} of {course.steps}: loss {loss.item():.3f}\n")
            sys.stdout.flush()
    net.load_state_dict(mean.module.state_dict())
    return net.eval()


def _varied(pixels: Tensor, course: Course, random: torch.Generator) -> Tensor:
    """Copies of the tiles in another contrast and with noise added, within the clamp."""
    numbers = torch.rand(2, len(pixels), 1, 1, generator=random)
    gain, strength = 1 + course.contrast * (2 * numbers[0] - 1), course.noise * numbers[1]
    noise = torch.randn(pixels.shape, generator=random)
    return (pixels * gain + strength * noise).clamp(-CLAMP, CLAMP)


def loss_of(logits: Tensor, batch: Batch, course: Course) -> Tensor:
    """Cross-entropy of logits (n, cells, cells); particles count as much as all else.

    Of particles on top of one another nothing is known: some people pick them, others do not.
    """
    losses = functional.binary_cross_entropy_with_logits(logits, batch.particle, reduction="none")
    particles, empty = batch.near & ~batch.pair, ~(batch.near | batch.dirt | batch.pair)
    return _mean(losses, particles) + course.empty * _mean(losses, empty) + course.dirt * _mean(losses, batch.dirt)


def _mean(losses: Tensor, counted: Tensor) -> Tensor:
    return (losses * counted).sum() / counted.sum().clamp(min=1)
