import json
from dataclasses import asdict, replace

import pytest

from picking.science.nets.model.shallow import Shape
from picking.science.nets.settings import PickingSettings, Recipe, Settings, ShippedSettings, settings_from


def test_settings_come_back_from_json_as_they_were() -> None:
    settings = Settings(particle=Recipe(Shape(kernels=(3, 3), power=True), steps=7), shipped=ShippedSettings(least=0.1))
    assert settings_from(json.loads(json.dumps(asdict(settings)))) == settings


def test_numbers_that_an_older_program_did_not_save_have_their_value_of_today() -> None:
    older = {"particle": {"steps": 7, "learnt": 0.5}, "went_on_from_version": 3}
    assert settings_from(older) == replace(Settings(), particle=Recipe(steps=7))


def test_numbers_that_are_gone_are_left_out() -> None:
    older = {
        "picking": {"crowd": 4.0, "floor": 0.1},
        "calibration": {"unseen": -4.0},
        "outlier": {"weights": [1, 1, 1]},
    }
    assert settings_from(older) == replace(Settings(), picking=PickingSettings(floor=0.1))


def test_the_fewer_the_labels_the_more_the_simulated_network_counts() -> None:
    shipped = ShippedSettings(worth=40, least=0.3)
    assert [shipped.weight(labels, 1) for labels in (0, 10, 20, 28, 100)] == pytest.approx([1, 0.75, 0.5, 0.3, 0.3])
    assert [shipped.without_labels(labels, 1) for labels in (0, 10, 40, 100)] == pytest.approx([1, 0.75, 0, 0])


def test_a_simulated_network_that_tells_labels_less_well_is_worth_fewer_of_them() -> None:
    shipped = ShippedSettings(worth=40, least=0.3)
    assert [shipped.weight(10, trust) for trust in (1, 0.5, 0.1, 0)] == pytest.approx([0.75, 0.5, 0.03, 0])
