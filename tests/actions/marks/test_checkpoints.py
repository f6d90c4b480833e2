"""Checkpoints are kept where many events have come, and looking back is the same with and without them."""

from uuid import UUID, uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from picking.actions.marks.checkpoints import keep_checkpoints
from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import MARKS, DeleteMark, PutLabel
from picking.actions.micrographs.deleted_micrographs import delete_micrographs
from picking.models import Checkpoint
from picking.queries.past.past import marks_at, replayed
from tests.api.jobs.test_exports import add_micrographs
from tests.people import People


def label(people: People, micrograph: int, count: int) -> list[UUID]:
    ids = [uuid4() for _ in range(count)]
    labels = [PutLabel(uuid4(), each, micrograph, "particle", 5.25, number / 3) for number, each in enumerate(ids)]
    apply_operations(people.project.pk, people.owner, labels)
    people.project.refresh_from_db()
    return ids


def test_looking_back_is_the_same_with_checkpoints_as_without(people: People) -> None:
    first, second = add_micrographs(people, "mic_1", "mic_2")
    moments = []
    for turn in range(6):
        ids = label(people, first.pk, 5) + label(people, second.pk, 3)
        apply_operations(people.project.pk, people.member, [DeleteMark(uuid4(), ids[turn % 5], MARKS["label"])])
        people.project.refresh_from_db()
        moments.append(people.project.sequence)
        if turn == 3:
            delete_micrographs(people.project.pk, people.owner, [second.pk])
            second = add_micrographs(people, "mic_3")[0]
    assert keep_checkpoints(every=9) > 2
    with_them = [(marks_at(people.project, moment), replayed(people.project, moment)) for moment in moments]
    Checkpoint.objects.all().delete()
    assert with_them == [(marks_at(people.project, moment), replayed(people.project, moment)) for moment in moments]


def test_a_replay_reads_only_what_came_after_the_checkpoint(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    label(people, row.pk, 22)
    keep_checkpoints(every=20)
    with CaptureQueriesContext(connection) as asked:
        assert replayed(people.project, people.project.sequence).count == 22
    [reading] = [query["sql"] for query in asked if "picking_event" in query["sql"]]
    assert '"sequence" > 20' in reading


def test_the_next_is_due_after_as_many_events_as_marks_are_held(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    label(people, row.pk, 70)
    keep_checkpoints(every=10)
    assert [(each.sequence, each.count) for each in Checkpoint.objects.all()] == [(10, 8), (20, 18), (38, 36)]
    assert keep_checkpoints(every=10) == 0


def test_a_project_with_few_events_has_none(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    label(people, row.pk, 50)
    assert keep_checkpoints() == 0
