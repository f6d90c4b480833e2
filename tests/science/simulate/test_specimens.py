from typing import get_args

import numpy as np
import pytest

from picking.science.simulate.specimens import Kind, specimen, views

KINDS = get_args(Kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(5))
def test_a_particle_fits_into_its_diameter_and_fills_most_of_it(kind: Kind, seed: int) -> None:
    centres, weights = specimen(kind, seed, 1.0)
    apart = np.linalg.norm(centres[:, None] - centres, axis=2)
    assert 0.6 < apart.max() < 0.95
    assert len(weights) == len(centres)
    assert (weights > 0).all()


@pytest.mark.parametrize("kind", KINDS)
def test_a_particle_lies_about_its_centre_of_mass(kind: Kind) -> None:
    centres, weights = specimen(kind, 3, 1.0)
    assert np.average(centres, 0, weights) == pytest.approx(np.zeros(3), abs=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_another_seed_is_another_specimen(kind: Kind) -> None:
    one, other = (specimen(kind, seed, 1.0)[0] for seed in (1, 2))
    assert one.shape != other.shape or not np.allclose(one, other)


def test_an_aspect_makes_a_particle_narrower_not_longer() -> None:
    round_one, long_one = (specimen("globular", 1, aspect)[0] for aspect in (1.0, 2.0))
    assert np.ptp(long_one, axis=0) == pytest.approx(np.ptp(round_one, axis=0) / [2, 2, 1])


def test_a_shell_is_hollow() -> None:
    for seed in range(5):
        centres, _ = specimen("shell", seed, 1.0)
        assert np.linalg.norm(centres, axis=1).min() > 0.15


def test_a_barrel_looks_the_same_after_a_turn_of_its_fold() -> None:
    centres, _ = specimen("barrel", 4, 1.0)
    angles = np.sort(np.arctan2(centres[:, 1], centres[:, 0]))
    fold = next(
        n for n in range(4, 9) if np.allclose(np.sort((angles + 2 * np.pi / n + np.pi) % (2 * np.pi) - np.pi), angles)
    )
    assert 4 <= fold < 9


def test_without_a_preferred_view_particles_are_seen_from_all_sides() -> None:
    along = views(np.random.default_rng(1), 2000, 0.0, 5)[:, 2]  # the particle's direction that points at the viewer
    assert np.abs(along.mean(0)).max() < 0.1


def test_preferred_views_lie_about_one_axis_and_are_turned_in_the_plane() -> None:
    turns = views(np.random.default_rng(1), 2000, 1.0, 5)
    assert np.linalg.norm(turns[:, 2].mean(0)) > 0.9
    assert np.linalg.norm(turns[:, 0].mean(0)) < 0.1


def test_a_part_of_the_views_is_preferred() -> None:
    along = views(np.random.default_rng(1), 4000, 0.5, 5)[:, 2]
    assert np.linalg.norm(along.mean(0)) == pytest.approx(0.5, abs=0.1)
