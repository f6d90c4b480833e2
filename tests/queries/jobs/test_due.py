import pytest

from picking.actions.people.presence import look_at
from picking.models import Job
from picking.queries.jobs.due import next_to_pick, picking_may_wait
from tests.api.jobs.test_exports import add_micrographs
from tests.people import People
from tests.trainings import make_training


def test_micrographs_that_nobody_looks_at_are_picked_by_name(people: People) -> None:
    tenth, second = add_micrographs(people, "mic_10", "mic_2")
    training = make_training(people.project)
    assert next_to_pick(people.project, training.source, except_for=[]).micrographs == [second]
    assert next_to_pick(people.project, training.source, except_for=[second.pk]).micrographs == [tenth]
    assert next_to_pick(people.project, training.source, except_for=[second.pk, tenth.pk]).micrographs == []


@pytest.mark.parametrize("kind", [Job.Kind.TRAIN, Job.Kind.AVERAGE])
def test_picking_lets_shorter_work_go_first_unless_somebody_looks_at_what_is_to_be_picked(
    people: People, kind: Job.Kind
) -> None:
    [micrograph] = add_micrographs(people, "mic_1")
    source = make_training(people.project).source
    assert not picking_may_wait(people.project, source)
    Job.objects.create(project=people.project, kind=kind)
    assert picking_may_wait(people.project, source)
    look_at(people.project.pk, people.viewer.pk, micrograph.pk)
    assert not picking_may_wait(people.project, source)
