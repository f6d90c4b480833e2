import json
from pathlib import Path

import pytest
import torch

from picking.science.imaging.network_input import DEFAULT
from picking.science.nets import Recipe
from picking.science.nets.training.crops import Patches
from tests.bench.networks.ablation import KEYS, KeptFits, brings, line, measured
from tests.bench.networks.grounds import Ground
from tests.bench.networks.variants import FULL, STEPS

QUICK = Recipe(steps=2, batch=2, calibration=(2.0, 1.0))


def some(level: float) -> Patches:
    side = QUICK.crop + 20
    return Patches(torch.full((2, side, side), level), torch.full((2, 2), side / 2))


def fitted(folder: Path, recipe: Recipe = QUICK, seed: int = 0) -> list[torch.Tensor]:
    net = KeptFits(folder)(some(1.0), [(some(0.0), 1.0)], recipe, DEFAULT, seed)
    return [net.last.weight, net.calibration]


def test_the_same_network_is_fitted_once(tmp_path: Path) -> None:
    first, second = fitted(tmp_path), fitted(tmp_path)
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))
    assert len(list(tmp_path.glob("*.safetensors"))) == 1


def test_another_calibration_needs_no_other_network_and_another_seed_does(tmp_path: Path) -> None:
    weights, calibration = fitted(tmp_path)
    assert calibration.tolist() == [2.0, 1.0]
    assert fitted(tmp_path, Recipe(steps=2, batch=2, calibration=(1.0, 0.0)))[1].tolist() == [1.0, 0.0]
    assert len(list(tmp_path.glob("*.safetensors"))) == 1
    assert not torch.equal(fitted(tmp_path, seed=1)[0], weights)


def test_what_a_part_brings_is_what_is_lost_without_it() -> None:
    full, without = [{"AP": 0.9}, {"AP": 0.8}, {"AP": 0.7}], [{"AP": 0.8}, {"AP": 0.82}, {"AP": 0.7}]
    assert brings(full, without, "AP") == pytest.approx((0.0, 0.1, -0.02))


def test_a_row_ends_with_the_picks_on_contamination_that_are_spared() -> None:
    full, without = (dict.fromkeys(KEYS, 0.5) | {"picks_on_contamination": dirty} for dirty in (2.0, 5.0))
    assert line("no network", [full], [without]).split()[-1] == "3"


def test_what_has_been_run_is_not_run_again(tmp_path: Path) -> None:
    grounds, variants = [Ground("one"), Ground("two")], [FULL, STEPS[0]]
    rows = [[variant.name, ground.name, {"AP": 0.5}] for variant in variants for ground in grounds]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert list(measured(tmp_path, variants, grounds, 1)) == [(variant, [{"AP": 0.5}] * 2) for variant in variants]
