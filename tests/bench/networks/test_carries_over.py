from dataclasses import replace
from typing import get_args

from picking.science.nets import Recipe
from picking.science.nets import Settings as NetSettings
from picking.science.simulate import Simulation
from tests.bench.networks.carries_over import DENSE, HEADER, SETS, measure, row, simulated
from tests.bench.networks.simulated_set import Format

KEYS = ("AP", "best_F1", "F1_at_defaults", "picks_on_contamination", "contamination_points")
FIGURES = {key: {"median": 0.3} for key in (*KEYS, "train_seconds", "seconds_per_micrograph")}


def test_every_level_occurs() -> None:
    settings = [each.simulation for each in SETS]

    def span(key: str) -> tuple[float, float]:
        values = [getattr(s, key) for s in settings]
        return min(values), max(values)

    assert (span("diameter"), span("pixel_size"), span("aspect")) == ((80, 500), (0.6, 3), (1, 3))
    assert span("width") == (1024, 8192)
    assert (5760, 4092) in {(s.width, s.height) for s in settings}
    assert {s.dark for s in settings} == {s.carbon for s in settings} == {True, False}
    assert {each.format for each in SETS} == {*get_args(Format)} - {"PNG"}


def test_particles_fill_the_micrograph_as_densely_as_was_asked() -> None:
    made = simulated(100, 2, (1000, 500), DENSE, "MRC 2").simulation
    assert made.particles == DENSE * 1000 * 500 / 50**2


def test_a_small_set_goes_all_the_way() -> None:
    tiny = simulated(160, 5, (384, 384), DENSE, "TIFF 8", (1, 1), ice_crystals=2)
    strong = replace(tiny, simulation=replace(tiny.simulation, contrast=0.08))
    few = NetSettings(particle=Recipe(steps=40), contamination=Recipe(steps=10))
    cells = dict(zip(HEADER, measure(strong, 10, 1, few), strict=True))
    assert cells["pixels"] == "384 × 384"
    assert float(cells["best F1"]) > 0.5


def test_a_row_that_collapsed_says_so() -> None:
    figures = {"particle_only": FIGURES, "both": FIGURES}
    assert row(SETS[0], "", figures)[-1] == "COLLAPSED"
    good = FIGURES | {"best_F1": {"median": 0.9}}
    assert row(SETS[0], "", figures | {"both": good})[-1] == ""


def test_a_row_describes_its_set() -> None:
    figures = {"particle_only": FIGURES, "both": FIGURES}
    bright = replace(SETS[0], simulation=Simulation(dark=False, aspect=2.5))
    assert row(bright, "1 × 2", figures)[:8] == ["160", "1.5", "2048 × 2048", 120, "bright", "1:2.5", "MRC 1", "1 × 2"]
