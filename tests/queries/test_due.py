from picking.queries.due import next_to_pick
from tests.api.test_exports import add_micrographs
from tests.people import People
from tests.trainings import make_training


def test_micrographs_that_nobody_looks_at_are_picked_by_name(people: People) -> None:
    tenth, second = add_micrographs(people, "mic_10", "mic_2")
    training = make_training(people.project)
    assert next_to_pick(people.project, training.source, except_for=[]) == second
    assert next_to_pick(people.project, training.source, except_for=[second.pk]) == tenth
    assert next_to_pick(people.project, training.source, except_for=[second.pk, tenth.pk]) is None
