"""The training loop of one network."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from picking.science.imaging.network_input import InputSettings
from picking.science.nets.model.shallow import ShallowNet, seeded
from picking.science.nets.model.windows import STRIDE
from picking.science.nets.settings import Recipe
from picking.science.nets.training.crops import Patches, copies, joined
from picking.science.nets.training.labels import DegenerateLabels

REPORT_STEPS = 10
SMOOTHING = 0.9
"""Part of the reported loss that each step keeps."""

Told = Callable[[int, float], None]
"""Called with the step and the smoothed loss every REPORT_STEPS steps and at the end; may raise to stop."""


def fit(
    positives: Patches,
    negatives: Sequence[tuple[Patches, float]],
    recipe: Recipe,
    made_with: InputSettings,
    seed: int,
    told: Told,
    start: ShallowNet | None = None,
) -> ShallowNet:
    """Train a network to answer yes at positives and no at negatives, on the device that the patches are on.

    negatives: each with its part of the negative crops. made_with: how the images of the patches were made. start: a
    network of the recipe's shape to go on from.
    Raises DegenerateLabels when nothing can be learnt.
    """
    device = positives.pixels.device
    random = torch.Generator().manual_seed(seed)
    net = seeded(recipe.shape, seed)
    if start is not None:
        net.load_state_dict(start.state_dict())
    net.to(device).train()
    optimizer = torch.optim.AdamW(net.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, recipe.learning_rate, total_steps=recipe.steps, pct_start=recipe.warm_up
    )
    smoothed = None
    for step in range(1, recipe.steps + 1):
        chosen = [_drawn(positives, recipe.batch, random), *_negatives(negatives, recipe.batch, random)]
        pixels, shifts = copies(joined(*chosen), recipe, made_with.clamp, random)
        loss = _loss(net(pixels), shifts, recipe, made_with.working_diameter)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        if step % REPORT_STEPS == 0 or step == recipe.steps:
            smoothed = _smoothed(smoothed, loss.item())
            told(step, smoothed)
    net.calibration.copy_(torch.tensor(recipe.calibration))
    if not all(bool(torch.isfinite(tensor).all()) for tensor in net.state_dict().values()):
        raise DegenerateLabels("The networks could not learn from these labels; mark more particles and train again.")
    return net.eval()


def _smoothed(before: float | None, loss: float) -> float:
    if not abs(loss) < float("inf"):
        raise DegenerateLabels("The networks could not learn from these labels; mark more particles and train again.")
    keep = SMOOTHING**REPORT_STEPS
    return loss if before is None else keep * before + (1 - keep) * loss


def _drawn(patches: Patches, count: int, random: torch.Generator) -> Patches:
    if patches.weights is None:
        chosen = torch.randint(len(patches), (count,), generator=random)
    else:
        chosen = torch.multinomial(patches.weights, count, replacement=True, generator=random)
    return patches[chosen.to(patches.pixels.device)]


def _negatives(negatives: Sequence[tuple[Patches, float]], batch: int, random: torch.Generator) -> list[Patches]:
    """`batch` crops in all, divided according to the fractions; the first takes the remainder."""
    there = [(patches, part) for patches, part in negatives if len(patches)]
    whole = sum(part for _, part in there)
    counts = [round(batch * part / whole) if whole else 0 for _, part in there]
    counts[0] += batch - sum(counts)
    return [_drawn(patches, count, random) for (patches, _), count in zip(there, counts, strict=True)]


def _loss(logits: Tensor, shifts: Tensor, recipe: Recipe, diameter: float) -> Tensor:
    """Cross-entropy near the places, with equal weight for positives and negatives. Elsewhere nothing is known.

    logits: (2 batch, cells, cells), positives first; shifts: (2 batch, 2), where the places are from the middle;
    diameter: of a particle. Both in input pixels.
    """
    batch, cells = recipe.batch, recipe.cells
    line = STRIDE * (torch.arange(cells, device=logits.device) - (cells - 1) / 2)
    y, x = torch.meshgrid(line, line, indexing="ij")
    distance = torch.hypot(x - shifts[:, 0, None, None], y - shifts[:, 1, None, None])
    target = torch.zeros_like(logits)
    target[:batch] = torch.exp(-0.5 * (distance[:batch] / recipe.spread) ** 2) if recipe.spread else 1.0
    reach = torch.full((2 * batch, 1, 1), recipe.negative_near * diameter, device=logits.device)
    reach[:batch] = recipe.near * diameter
    counted = (distance < reach).to(logits.dtype)
    losses = functional.binary_cross_entropy_with_logits(logits, target, reduction="none") * counted
    return losses[:batch].sum() / counted[:batch].sum() + losses[batch:].sum() / counted[batch:].sum()
