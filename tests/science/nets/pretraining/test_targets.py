import numpy as np

from picking.science.nets.pretraining.targets import targets_of
from tests.science.nets.pretraining.planted import planted


def test_the_target_is_highest_at_the_cell_of_the_particle() -> None:
    targets = targets_of(planted([(60.5, 40.5)]))
    assert targets.particle.shape == (60, 80)
    assert np.argwhere(targets.particle == 255).tolist() == [[20, 30]]
    assert targets.particle[20, 45] == 0


def test_what_lies_within_half_a_diameter_belongs_to_the_particle() -> None:
    near = targets_of(planted([(60.5, 40.5)])).near
    assert near[20, 33]
    assert not near[20, 34]


def test_a_particle_under_contamination_is_none() -> None:
    targets = targets_of(planted([(60.5, 40.5), (110.5, 80.5)], spots=[(60.5, 40.5, 12.0)]))
    assert targets.dirt[20, 30]
    assert not targets.near[20, 30]
    assert targets.particle[20, 30] == 0
    assert targets.particle[40, 55] == 255


def test_particles_on_top_of_one_another_are_marked_as_such() -> None:
    targets = targets_of(planted([], spots=[(20.5, 20.5, 6.0)], overlapping=[(20.5, 20.5, 8.0), (80.5, 60.5, 8.0)]))
    assert targets.pair[30, 40]
    assert not targets.pair[10, 10]


def test_spots_across_the_border_and_beyond_it_are_cut_off() -> None:
    targets = targets_of(planted([], spots=[(0.0, 0.0, 9.0), (400.0, -300.0, 9.0)]))
    assert targets.dirt[0, 0]
    assert targets.dirt.sum() < 25
