import json
from dataclasses import asdict, replace

from picking.science.nets.model.shallow import Shape
from picking.science.nets.settings import PickingSettings, Recipe, Settings, settings_from


def test_settings_come_back_from_json_as_they_were() -> None:
    settings = Settings(particle=Recipe(Shape(kernels=(3, 3), power=True), steps=7), simulated_weight=0.1)
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
