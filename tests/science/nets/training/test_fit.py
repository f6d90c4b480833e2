from dataclasses import replace
from math import log

import pytest
import torch

from picking.science.imaging.network_input import InputSettings
from picking.science.nets.model.shallow import ShallowNet, Shape, seeded
from picking.science.nets.settings import Recipe
from picking.science.nets.training.crops import Patches
from picking.science.nets.training.fit import REPORT_STEPS, SMOOTHING, Told, _drawn, _loss, _negatives, _smoothed, fit
from picking.science.nets.training.labels import DegenerateLabels

RECIPE = Recipe(Shape(kernels=(3,), dilations=(1,), channels=(4, 4)), steps=2, batch=4)
DIAMETER = InputSettings().working_diameter
LINE = 2 * (torch.arange(RECIPE.cells) - (RECIPE.cells - 1) / 2)
AWAY = torch.hypot(LINE[:, None], LINE)
"""Input pixels from the middle of a crop's map."""


def noise(number: int, level: float = 0.0) -> Patches:
    side = 2 * RECIPE.crop
    pixels = level + torch.randn(number, side, side, generator=torch.Generator().manual_seed(0))
    return Patches(pixels, torch.full((number, 2), (side - 1) / 2))


def fitted(recipe: Recipe = RECIPE, level: float = 0.0, told: Told = lambda *_: None, **more: ShallowNet) -> ShallowNet:
    return fit(noise(3, level), [(noise(3), 1.0)], recipe, InputSettings(), 0, told, **more)


def test_a_network_has_the_calibration_of_its_recipe() -> None:
    assert fitted(replace(RECIPE, calibration=(2.0, -3.0))).calibration.tolist() == [2, -3]


def test_a_network_to_go_on_from_is_where_it_starts() -> None:
    start = seeded(RECIPE.shape, 7)
    net = fitted(replace(RECIPE, learning_rate=1e-9), start=start)
    assert torch.allclose(net.last.weight, start.last.weight, atol=1e-6)


def test_the_rate_rises_in_the_first_part_of_the_steps_and_falls_after(monkeypatch: pytest.MonkeyPatch) -> None:
    rates, step = [], torch.optim.AdamW.step

    def noted(optimizer: torch.optim.AdamW) -> None:
        rates.append(optimizer.param_groups[0]["lr"])
        step(optimizer)

    monkeypatch.setattr(torch.optim.AdamW, "step", noted)
    fitted(replace(RECIPE, steps=20, warm_up=0.25))
    assert rates.index(max(rates)) == 4
    assert max(rates) == pytest.approx(RECIPE.learning_rate)
    assert max(rates[0], rates[-1]) < 0.1 * RECIPE.learning_rate


def test_a_loss_that_is_no_number_ends_the_training_before_anybody_is_told() -> None:
    told: list[float] = []
    with pytest.raises(DegenerateLabels):
        fitted(level=torch.nan, told=lambda step, loss: told.append(loss))
    assert told == []


def test_weights_that_are_no_numbers_make_no_network() -> None:
    with pytest.raises(DegenerateLabels):
        fitted(replace(RECIPE, steps=1, weight_decay=torch.inf))


def test_the_loss_that_is_told_is_a_mean_over_the_last_steps() -> None:
    assert _smoothed(None, 0.5) == 0.5
    assert _smoothed(1.0, 0.0) == pytest.approx(SMOOTHING**REPORT_STEPS)


@pytest.mark.parametrize(
    ("parts", "counts"), [({3: 0.25, 4: 0.75}, [6, 19]), ({3: 0.5, 0: 0.5}, [25]), ({3: 0.5, 4: 0.5}, [13, 12])]
)
def test_negative_crops_are_shared_out_by_the_parts_of_those_that_there_are(
    parts: dict[int, float], counts: list[int]
) -> None:
    drawn = _negatives([(noise(number), part) for number, part in parts.items()], 25, torch.Generator())
    assert [len(patches) for patches in drawn] == counts


def test_places_are_drawn_by_their_weights() -> None:
    patches = replace(noise(3), weights=torch.tensor([0.1, 0.3, 0.6]))
    drawn = _drawn(patches, 5000, torch.Generator().manual_seed(0)).pixels[:, 0, 0]
    parts = [(drawn == first).float().mean().item() for first in patches.pixels[:, 0, 0]]
    assert parts == pytest.approx([0.1, 0.3, 0.6], abs=0.03)


@pytest.mark.parametrize(("near", "negative_near"), [(0.2, 0.45), (0.45, 0.2)])
def test_only_what_is_near_a_place_counts_and_both_kinds_of_places_count_alike(
    near: float, negative_near: float
) -> None:
    recipe = replace(RECIPE, near=near, negative_near=negative_near)
    reach = DIAMETER * torch.tensor([near, negative_near]).repeat_interleave(recipe.batch)
    logits = 20.0 * (reach[:, None, None] <= AWAY)
    assert _loss(logits, torch.zeros(8, 2), recipe, DIAMETER).item() == pytest.approx(2 * log(2))


def test_the_network_is_to_answer_where_the_place_of_a_copy_went() -> None:
    to_the_right = torch.tensor([4.0, 0.0]).expand(8, 2)
    answers = [torch.zeros(8, 8, 8), torch.zeros(8, 8, 8)]
    answers[0][:4, 3:5, 5:7] = answers[1][:4, 5:7, 3:5] = 3.0
    right, below = (_loss(logits, to_the_right, RECIPE, DIAMETER) for logits in answers)
    assert right < below
