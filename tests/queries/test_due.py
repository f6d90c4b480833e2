from picking.models import Training
from picking.queries.due import next_to_pick
from tests.api.test_exports import add_micrographs
from tests.people import People


def test_micrographs_that_nobody_looks_at_are_picked_by_name(people: People) -> None:
    tenth, second = add_micrographs(people, "mic_10", "mic_2")
    training = Training.objects.create(
        project=people.project, version=1, weights="x", seed=1, settings={}, labels={}, losses=[],
        has_contamination_network=False,
    )  # fmt: skip
    assert next_to_pick(people.project, training, except_for=[]) == second
    assert next_to_pick(people.project, training, except_for=[second.pk]) == tenth
    assert next_to_pick(people.project, training, except_for=[second.pk, tenth.pk]) is None
