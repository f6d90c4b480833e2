import numpy as np

from picking.science.averages.purity import judged, neighbour_purity, purity


def test_purity_is_the_part_of_the_commonest_kind() -> None:
    assert purity(np.array([0, 0, 0, 1, 1]), np.array([2, 2, 0, 1, 1])) == 0.8


def test_neighbours_are_a_class_each() -> None:
    assert neighbour_purity(np.array([[0, 1], [1, 2], [2, 3]]), np.array([0, 0, 1, 1])) == (1 + 0.5 + 1) / 3


def test_a_class_mostly_of_junk_takes_its_particles_along() -> None:
    members = np.array([0, 0, 0, 1, 1, 1, 1])
    particle = np.array([False, False, True, True, True, True, False])
    assert judged(members, particle) == (2 / 3, 1 / 4)
