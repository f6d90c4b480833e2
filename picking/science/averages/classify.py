"""Crops into classes, with an average of each: the whole of it, and its progress."""

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from picking.science.averages.averages import UNSORTED, Averages
from picking.science.averages.features import Polar, PolarGrid, Steerable, steerable_components
from picking.science.averages.mean import mean_images
from picking.science.averages.mixture import Mixture
from picking.science.averages.settings import AverageSettings, ClassifySettings
from picking.science.extract.boxes import Boxes
from picking.science.nets.device import best_device

Watch = Callable[[Averages, float], None]
"""Is told the averages so far and the part of the work that is done; what it raises ends the work."""


class BadPicks(ValueError):
    """Picks that no averages can be made of. The message is for people."""


def classify(
    boxes: Boxes,
    pixel_size: float,
    *,
    classes: int | None = None,
    watch: Watch | None = None,
    seed: int = 0,
    settings: AverageSettings | None = None,
    device: torch.device | None = None,
) -> Averages:
    """Sort crops (n, size, size) of `crops.cut_crops`, of `pixel_size` Å per pixel. Raises BadPicks.

    The same crops, seed and device give the same classes. Time and memory grow with n, some 15 KB a crop.
    """
    settings = settings or AverageSettings()
    _check(boxes, settings.classify)
    sorting = _Sorting(boxes, pixel_size, classes, seed, settings, device or best_device())
    return sorting.run(watch or (lambda averages, done: None))


def number_of_classes(picks: int, settings: ClassifySettings) -> int:
    return int(np.clip(picks // settings.picks_a_class, settings.fewest, settings.most))


def _check(boxes: Boxes, settings: ClassifySettings) -> None:
    n = len(boxes)
    if n < settings.least_picks:
        raise BadPicks(
            f"Averages need {settings.least_picks} picks at least, and here are {n}: lower the thresholds, or pick "
            "more micrographs."
        )
    if not np.isfinite(boxes).all():
        raise BadPicks("Some picks lie on pixels that are no numbers; exclude their micrographs.")
    if not np.ptp(boxes.reshape(n, -1), axis=1).any():
        raise BadPicks("All picks lie on places of one grey value; there is nothing to average.")
    if not np.ptp(boxes, axis=0).any():
        raise BadPicks(f"All {n:,} picks show the same image, pixel by pixel: the same place was picked many times.")


class _Sorting:
    def __init__(
        self,
        boxes: Boxes,
        pixel_size: float,
        classes: int | None,
        seed: int,
        settings: AverageSettings,
        device: torch.device,
    ) -> None:
        self.boxes, self.pixel_size, self.settings, self.device = boxes, pixel_size, settings, device
        self.random = np.random.default_rng(seed)
        n, how = len(boxes), settings.classify
        grid = PolarGrid(settings.crops, settings.features, device)
        self.polar: Polar = grid.polar(boxes)
        sample = np.sort(self.random.permutation(n)[: settings.features.sample])
        self.steerable: Steerable = steerable_components(
            boxes[sample], self.polar[torch.as_tensor(sample, device=device)], grid, settings.crops, settings.features
        )
        if not len(self.steerable.variance):
            raise BadPicks("Nothing in the picks stands out of the noise: there is nothing to sort them by.")
        self.shifts = torch.zeros((n, 2), device=device)
        self.features = torch.cat([self._features(part) for part in self._batches(np.arange(n))])
        self.members = torch.full((n,), UNSORTED, device=device)
        self.turns = torch.zeros((n,), dtype=torch.long, device=device)
        wanted = min(classes or number_of_classes(n, how), n // how.least_members)
        self.mixture = Mixture(self.steerable, self.features[self._some(wanted)], wanted, how)

    def run(self, watch: Watch) -> Averages:
        how = self.settings.classify
        part = min(len(self.boxes), max(how.least_part, int(how.part * len(self.boxes))))
        heats = np.geomspace(how.heat, 1, how.rounds + 1)
        work = how.rounds * part + how.full_rounds * len(self.boxes)
        for number in range(how.rounds):
            crops = self._some(part)
            self._round(crops, float(heats[number]), how.memory if number else 0, self._step(number))
            if number < how.rounds - 1:
                self.mixture.begin_anew(self.features[self._some(len(self.mixture.numbers))])
            if number % 3 == 1:
                watch(self._averages(crops), (number + 1) * part / work)
        everything = torch.arange(len(self.boxes), device=self.device)
        for number in range(how.full_rounds):
            last = number == how.full_rounds - 1
            self._round(everything, 1.0, 0, 0 if last else how.fine_step)
            if not last:
                watch(self._averages(everything), (how.rounds * part + (number + 1) * len(self.boxes)) / work)
        averages = self._averages(everything)
        watch(averages, 1.0)
        return averages

    def _step(self, number: int) -> float:
        """How far crops are shifted at once in a round of a part."""
        how = self.settings.classify
        return how.coarse_step if number >= how.first_step else 0

    def _some(self, number: int) -> Tensor:
        return torch.as_tensor(np.sort(self.random.permutation(len(self.boxes))[:number]), device=self.device)

    def _batches(self, crops: Tensor | NDArray[np.int64]) -> list[Tensor]:
        return list(torch.split(torch.as_tensor(crops, device=self.device), self.settings.classify.batch))

    def _features(self, crops: Tensor) -> Tensor:
        return self.steerable.features(self.polar[crops], self.shifts[crops])

    def _round(self, crops: Tensor, heat: float, memory: float, step: float) -> None:
        self.mixture.forget(memory)
        for part in self._batches(crops):
            if step and (self.members[part] >= 0).any():
                self._shift(part, step)
            self.members[part], self.turns[part] = self.mixture.see(self.features[part], heat)
        self.mixture.learn()

    def _shift(self, crops: Tensor, step: float) -> None:
        """Move crops one step, where they then fit their class better at some angle near the last."""
        crops = crops[self.members[crops] >= 0]
        chosen, turns = self.members[crops], self.turns[crops]
        near = (turns[:, None] + torch.arange(-2, 3, device=self.device)) % self.settings.classify.turns
        polar = self.steerable.grid.shifted(self.polar[crops], self.shifts[crops])
        best = None
        for move in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)):
            moved = step * torch.tensor(move, dtype=torch.float32, device=self.device)
            shifts = self.shifts[crops] + moved
            features = self.steerable.features(polar, moved) if any(move) else self.features[crops]
            far = 0.5 * (shifts**2).sum(1) / self.settings.classify.shift_sigma**2
            score = self.mixture.against(features, chosen).gather(1, near).amax(1) - far
            if best is None:
                best = (score, shifts, features)
            else:
                better = score > best[0]
                best = (
                    torch.where(better, score, best[0]),
                    torch.where(better[:, None], shifts, best[1]),
                    torch.where(better[:, None, None], features, best[2]),
                )
        assert best is not None
        _, self.shifts[crops], self.features[crops] = best

    def _averages(self, crops: Tensor) -> Averages:
        """Of those crops; the others wait."""
        n, which = len(self.boxes), crops.cpu().numpy()
        members = np.full(n, UNSORTED)
        angles, fits = np.zeros(n, np.float32), np.zeros(n, np.float32)
        for part in self._batches(crops):
            numbers = part.cpu().numpy()
            angles[numbers], fits[numbers] = (found.cpu().numpy() for found in self._angles(part))
        found = self.members[crops].cpu().numpy()
        counts = np.bincount(found)
        rank = np.empty(len(counts), np.int64)
        rank[np.argsort(-counts, kind="stable")] = np.arange(len(counts))
        members[which] = rank[found]
        shifts = self.shifts.cpu().numpy().copy()
        images, resolutions = mean_images(
            self.boxes,
            members,
            angles,
            shifts,
            self.pixel_size,
            self.settings.crops,
            self.settings.classify.least_in_half,
        )
        return Averages(images, members, angles, shifts, fits, resolutions)

    def _angles(self, crops: Tensor) -> tuple[Tensor, Tensor]:
        """The angle of each crop in its class, degrees, between those tried by a parabola; and how well it fits."""
        turns = self.settings.classify.turns
        chosen, features = self.members[crops], self.features[crops]
        scores = self.mixture.against(features, chosen)
        at = scores.argmax(1)
        before, middle, after = (scores.gather(1, ((at + k) % turns)[:, None])[:, 0] for k in (-1, 0, 1))
        curve = (before - 2 * middle + after).clamp(max=-1e-6)
        angles = 360 / turns * (at + (0.5 * (before - after) / curve).clamp(-0.5, 0.5))
        weight = self.mixture.weight / self.mixture.noise
        norms = [(each**2 * weight).sum((1, 2)).sqrt() for each in (features, self.mixture.averages[chosen])]
        return angles % 360, middle / (norms[0] * norms[1]).clamp(min=1e-6)
