"""Classes of crops as a mixture: each crop is one of the averages, turned by any angle, and noise.

Expectation maximisation over class and angle: Sigworth (1998), A maximum-likelihood approach to single-particle image
refinement, J. Struct. Biol. 122, 328; with several references, Scheres et al. (2005), J. Mol. Biol. 348, 139. Rounds
of a part of the crops with a fading memory: Cappé and Moulines (2009), J. R. Stat. Soc. B 71, 593. Averages shrink
towards nothing by what their components vary in all crops, as Scheres (2012), J. Mol. Biol. 415, 406, has it by
resolution.
"""

import numpy as np
import torch
from torch import Tensor

from picking.science.averages.features import Steerable
from picking.science.averages.settings import ClassifySettings

_LEAST_SIGNAL = 0.05
"""Variance of a component beyond that of the noise, at least: less would forbid it to averages."""

_LEAST_LOGARITHM = -30.0
"""Of a probability beside the greatest. Without it, many are so small that processors take a slow path for them."""


class Mixture:
    """`averages`: (classes, 2, components); `noise`: (components,), the variance of crops about their averages."""

    def __init__(self, steerable: Steerable, crops: Tensor, classes: int, settings: ClassifySettings) -> None:
        """Each class begins as one of `crops` (n, 2, components), which come in random order."""
        self.spans, self.settings = steerable.spans, settings
        self.weight = torch.where(steerable.frequency == 0, 1.0, 2.0)  # frequency -m says the same as m
        self.signal = (steerable.variance - 1).clamp(min=_LEAST_SIGNAL)
        self.noise = steerable.variance.clone()
        self.averages = self.alone(crops[:classes])
        self.shares = self.noise.new_full((classes,), 1 / classes)
        angles = 2 * np.pi * torch.arange(settings.turns, device=self.noise.device) / settings.turns
        phase = angles[:, None] * torch.arange(len(self.spans), device=self.noise.device)
        self.waves = torch.cat([torch.cos(phase), -torch.sin(phase)], 1)
        self.forget(0)

    def alone(self, crops: Tensor) -> Tensor:
        """What a crop says about an average of which it is the only member."""
        return crops * (self.signal / (self.signal + 1))

    def forget(self, memory: float) -> None:
        """Only this part of what was learnt so far counts on."""
        if memory == 0:
            self.sums, self.numbers = torch.zeros_like(self.averages), torch.zeros_like(self.shares)
            self.squares, self.seen = torch.zeros_like(self.noise), 0.0
        else:
            self.sums, self.numbers = self.sums * memory, self.numbers * memory
            self.squares, self.seen = self.squares * memory, self.seen * memory

    def scores(self, crops: Tensor, heat: float = 1.0) -> Tensor:
        """(turns, crops, classes): the logarithm of each probability, up to a number for each crop."""
        weight = self.weight / self.noise
        found = self.waves @ self._products(crops, self.averages * weight).flatten(1)
        bias = torch.log(self.shares) - 0.5 / heat * (self.averages**2 * weight).sum((1, 2))
        scores: Tensor = (found / heat).reshape(len(self.waves), len(crops), -1) + bias
        return scores

    def _products(self, crops: Tensor, averages: Tensor) -> Tensor:
        """(2 · frequencies, crops, averages): of the conjugate average and the crop, real parts first."""
        m = len(self.spans)
        found = crops.new_empty((2 * m, len(crops), len(averages)))
        for k, span in enumerate(self.spans):
            (real, imaginary), (own, own_imaginary) = crops[..., span].unbind(1), averages[..., span].unbind(1)
            found[k] = real @ own.T + imaginary @ own_imaginary.T
            found[m + k] = imaginary @ own.T - real @ own_imaginary.T
        return found

    def see(self, crops: Tensor, heat: float) -> tuple[Tensor, Tensor]:
        """Count a batch in; returns the best class of each and the best of `turns` angles in it."""
        scores = self.scores(crops, heat)
        probable = scores.sub_(scores.amax(0).amax(1)[:, None]).clamp_(min=_LEAST_LOGARITHM).exp_()
        probable /= probable.sum((0, 2), keepdim=True)
        of_class = probable.sum(0)
        best = of_class.argmax(1)
        turn = probable[:, torch.arange(len(crops), device=best.device), best].argmax(0)
        m = len(self.spans)
        waves = (self.waves.T @ probable.flatten(1)).reshape(2 * m, len(crops), -1)
        for k, span in enumerate(self.spans):
            real, imaginary = crops[..., span].unbind(1)
            cosines, sines = waves[k].T, waves[m + k].T
            self.sums[:, 0, span] += cosines @ real + sines @ imaginary
            self.sums[:, 1, span] += cosines @ imaginary - sines @ real
        self.numbers += of_class.sum(0)
        self.squares += (crops**2).sum((0, 1))
        self.seen += len(crops)
        return best, turn

    def learn(self) -> None:
        """New averages, shares and noise from what was seen."""
        self.shares = (self.numbers + 1) / (self.numbers.sum() + len(self.numbers))
        self.averages = self.sums / (self.numbers[:, None, None] + self.noise / self.signal)
        explained = 2 * self.averages * self.sums - self.numbers[:, None, None] * self.averages**2
        self.noise = ((self.squares - explained.sum((0, 1))) / self.seen).clamp(min=1.0)

    def begin_anew(self, crops: Tensor) -> None:
        """Classes of too few members start from one of `crops` each, and share the place of the largest class."""
        few = torch.nonzero(self.numbers < self.settings.least_members)[:, 0].tolist()
        for number, k in enumerate(few[: len(crops)]):
            largest = int(self.shares.argmax())
            self.averages[k] = self.alone(crops[number])
            self.shares[k] = self.shares[largest] = self.shares[largest] / 2
            self.numbers[k] = self.numbers[largest] = self.numbers[largest] / 2
            self.sums[k] = self.averages[k] * self.numbers[k]
            self.sums[largest] = self.sums[largest] / 2

    def against(self, crops: Tensor, chosen: Tensor) -> Tensor:
        """(crops, turns): the scores of crops against one class each, without what is the same for all angles."""
        averages = self.averages[chosen] * (self.weight / self.noise)
        parts = []
        for real, imaginary in ((averages[:, 0], averages[:, 1]), (-averages[:, 1], averages[:, 0])):
            product = crops[:, 0] * real + crops[:, 1] * imaginary
            parts.append(torch.stack([product[:, span].sum(1) for span in self.spans], 1))
        found: Tensor = torch.cat(parts, 1) @ self.waves.T
        return found
