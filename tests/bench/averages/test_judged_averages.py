import numpy as np

from picking.science.nets import TrainingSet
from picking.science.picks import as_picks, as_points
from tests.bench.averages.judged_averages import Judged, counted, judgements, taught


def test_classes_are_judged_by_most_of_their_members_and_left_where_there_is_no_most() -> None:
    members = np.repeat([0, 1, 2], 10)
    particle = np.arange(30) % 10 < np.repeat([8, 5, 2], 10)
    assert judgements(members, particle).tolist() == [1, 0, -1]


def test_picks_that_count_have_a_score_for_particles_and_none_for_contamination() -> None:
    picks = as_picks([(1, 1, 0.9, 0.1), (2, 2, 0.9, 0.9), (3, 3, 0.2, 0.1)])
    assert counted(picks)[:, 0].tolist() == [1]


def test_what_was_judged_comes_behind_the_labels_with_its_fits() -> None:
    labels = TrainingSet({}, {"a": as_points([(1, 1)])}, {"a": as_points([(5, 5)])})
    judged = Judged({"a": np.array([(2, 2, 0.5)])}, {"b": np.array([(9, 9, 0.25)])}, (1, 1, 0))
    examples = taught(labels, judged)
    assert examples.particles["a"].tolist() == [[1, 1, 1, 0], [2, 2, 0.5, 0]]
    assert examples.contamination["b"].tolist() == [[9, 9, 0.25, 0]]
    assert examples.background is labels.background
