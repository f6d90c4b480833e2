"""What must not be picked: where it is marked, and that it shows."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from picking.science.picks import as_points
from picking.science.simulate import Simulation, simulate_micrograph
from picking.science.simulate.proteins import KINDS
from tests.science.simulate.test_micrograph import distances

CLEAR = Simulation(
    width=640, height=512, pixel_size=5, diameter=150, particles=0, ice_crystals=0, dose=1e4, contrast=0.05
)
EMPTY = simulate_micrograph(CLEAR, 1).pixels
KINDS_OF_IT = ("ice_crystals", "gold", "frost", "aggregates", "broken", "overlapping", "filaments")


def with_some(settings: Simulation, kind: str, more: float) -> Simulation:
    changes: dict[str, Any] = {kind: more}
    return replace(settings, **changes)


@pytest.mark.parametrize("kind", KINDS_OF_IT)
def test_every_kind_is_marked_where_it_shows(kind: str) -> None:
    made = simulate_micrograph(with_some(CLEAR, kind, 3), 1)
    y, x = np.mgrid[:512, :640]
    near = np.zeros(y.shape, bool)
    for spot in made.spots:
        near |= np.hypot(x - spot[0], y - spot[1]) < spot[2] + 5
    change = np.abs(made.pixels - made.pixels.mean())
    assert change[near].mean() > 1.1 * change[~near].mean()


@pytest.mark.parametrize("kind", [*KINDS_OF_IT, "leopard"])
def test_no_particle_lies_on_contamination(kind: str) -> None:
    more = 0.1 if kind == "leopard" else 4
    made = simulate_micrograph(with_some(replace(CLEAR, particles=40), kind, more), 2)
    assert len(made.particles)
    assert len(made.spots)
    off = distances(made.particles, as_points(made.spots[:, :2])) - made.spots[:, 2]
    assert off.min() >= 0.5 * CLEAR.diameter_px


def test_leopard_skin_is_darker_at_its_marks() -> None:
    made = simulate_micrograph(replace(CLEAR, leopard=0.1), 1)
    x, y = made.contamination.astype(int).T
    assert made.pixels[y, x].mean() < 0.95 * np.median(made.pixels)


def test_gold_is_the_darkest_of_all() -> None:
    made = simulate_micrograph(replace(CLEAR, gold=3), 1)
    inside = [(x, y) for x, y, _ in made.spots if 10 < x < 630 and 10 < y < 500]
    assert inside
    for x, y in inside:
        assert made.pixels[int(y), int(x)] < 0.8 * np.median(made.pixels)


def test_debris_is_not_marked() -> None:
    made = simulate_micrograph(replace(CLEAR, debris=100), 1)
    assert len(made.contamination) == 0
    assert made.pixels.std() > 1.05 * EMPTY.std()


def test_broken_particles_have_about_half_the_mass() -> None:
    *_, broken, _, _, _ = KINDS
    whole = simulate_micrograph(replace(CLEAR, particles=1), 1)
    assert len(whole.particles) == 1
    junk = broken(replace(CLEAR, broken=20), np.random.default_rng(1))
    kept = [float((weights > 0).mean()) for _, _, weights in junk.dots]
    assert 0.2 < min(kept) < max(kept) < 0.65


def test_particles_of_two_layers_may_overlap() -> None:
    made = simulate_micrograph(replace(CLEAR, particles=120, layers=2), 1)
    apart = distances(made.particles, made.particles)
    assert apart[apart > 0].min() < 0.85 * CLEAR.diameter_px


def test_particles_may_stand_nearer_than_usual() -> None:
    made = simulate_micrograph(replace(CLEAR, particles=400, spacing=0.6), 1)
    apart = distances(made.particles, made.particles)
    assert 0.6 * CLEAR.diameter_px < apart[apart > 0].min() < 0.7 * CLEAR.diameter_px
