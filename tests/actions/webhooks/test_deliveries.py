"""What is told to webhooks: written at the end of jobs, in the same transaction."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from picking.actions.jobs import jobs
from picking.actions.jobs.exports import FinishedExport, finish_export, start_export
from picking.actions.jobs.trainings import TrainingResult, finish_training, queue_picking
from picking.actions.labelling.revealing import reveal_early
from picking.actions.locked_project import locked_project
from picking.actions.marks.comment_operations import ResolveComment, WriteComment
from picking.actions.marks.marks import apply_operations
from picking.actions.marks.picks import finish_picking
from picking.actions.webhooks.webhooks import WebhookChange, add_webhook, change_webhook
from picking.models import Delivery, Job, Micrograph, Training, Webhook
from picking.wire import ExportOptions
from tests.api.jobs.test_exports import add_micrographs
from tests.people import People
from tests.trainings import make_picks, make_training

RESULT = TrainingResult("none", 1, {}, {"particle": 9}, False)


@pytest.fixture
def webhook(people: People) -> Webhook:
    return add_webhook(people.project.pk, people.owner, "https://example.org", [*Webhook.Event])


def queued(people: People, kind: Job.Kind, training: Training | None = None) -> jobs.Claim:
    with locked_project(people.project.pk) as project:
        job = jobs.queue_job(project, people.owner, kind, training=training)
    return claimed(job.pk)


def claimed(job: int) -> jobs.Claim:
    claim = jobs.claim(job, "test")
    assert claim
    return claim


def told() -> list[Any]:
    return [json.loads(delivery.body) for delivery in Delivery.objects.order_by("pk")]


def test_a_training_tells_what_it_made(people: People, webhook: Webhook) -> None:
    training = finish_training(queued(people, Job.Kind.TRAIN), RESULT)
    (message,) = told()
    assert (message["type"], message["data"]["status"]) == ("training.finished", "done")
    assert message["data"]["project"] == {"id": people.project.pk, "name": people.project.name}
    assert (message["data"]["training"], message["data"]["labels"]) == (training.pk, {"particle": 9})


def test_a_training_that_failed_tells_why(people: People, webhook: Webhook) -> None:
    jobs.fail(queued(people, Job.Kind.TRAIN), "Too few labels.")
    (message,) = told()
    assert (message["data"]["status"], message["data"]["error"]) == ("failed", "Too few labels.")
    assert message["data"]["training"] is None


def test_nothing_is_told_of_a_job_that_was_cancelled(people: People, webhook: Webhook) -> None:
    for kind in (Job.Kind.TRAIN, Job.Kind.PICK):
        jobs.end_cancelled(queued(people, kind))
    assert told() == []


def test_what_is_rolled_back_is_not_told(people: People, webhook: Webhook) -> None:
    claim = queued(people, Job.Kind.TRAIN)
    with pytest.raises(RuntimeError), jobs.fenced(claim) as (project, job):
        jobs.finish(project, job)
        assert len(told()) == 1
        raise RuntimeError
    assert (told(), Job.objects.get().status) == ([], Job.Status.RUNNING)


def test_picking_tells_how_much_was_found(people: People, webhook: Webhook) -> None:
    training = make_training(people.project)
    micrograph = Micrograph.objects.create(project=people.project, name="m", file_name="m.mrc", width=640, height=640)
    make_picks(training, micrograph, [(10, 10, 0.9, 0.1), (90, 90, 0.8, 0.1)])
    assert finish_picking(queued(people, Job.Kind.PICK, training), training.source, {})
    (message,) = told()
    assert message["type"] == "picking.finished"
    assert (message["data"]["micrographs"], message["data"]["picks"]) == (1, 2)


def test_picking_is_finished_with_its_last_job(people: People, webhook: Webhook) -> None:
    training = make_training(people.project)
    first, second = (queued(people, Job.Kind.PICK, training) for _ in range(2))
    finish_picking(first, training.source, {})
    assert told() == []
    finish_picking(second, training.source, {})
    assert [message["type"] for message in told()] == ["picking.finished"]


def test_picking_that_gives_way_is_not_finished(people: People, webhook: Webhook) -> None:
    jobs.queue_behind(queued(people, Job.Kind.PICK, make_training(people.project)))
    assert told() == []


def test_a_job_that_is_asked_to_stop_does_not_keep_picking_from_being_finished(
    people: People, webhook: Webhook
) -> None:
    training = make_training(people.project)
    stopping = queued(people, Job.Kind.PICK, make_training(people.project, 2))
    with locked_project(people.project.pk) as project:
        project.current_training = training
        queue_picking(project, people.owner)
    finish_picking(claimed(Job.objects.get(training=training).pk), training.source, {})
    jobs.end_cancelled(stopping)
    assert [message["type"] for message in told()] == ["picking.finished"]


def test_an_export_tells_what_is_in_it(people: People, webhook: Webhook) -> None:
    make_training(people.project)
    export = start_export(people.project.pk, people.viewer, ExportOptions("csv"))
    counts: Any = {"particles": 3}
    manifest: Any = {"counts": counts, "left_out": []}
    finish_export(claimed(export.job_id), FinishedExport("a.zip", 9, "ab", manifest))
    (message,) = told()
    assert (message["type"], message["data"]["export"]) == ("export.ready", export.pk)
    assert (message["data"]["status"], message["data"]["counts"]) == ("done", counts)


def test_an_export_that_was_removed_while_it_was_written_ends_untold(people: People, webhook: Webhook) -> None:
    claim = queued(people, Job.Kind.EXPORT)
    jobs.fail(claim, "It is gone.")
    assert (told(), Job.objects.get().status) == ([], Job.Status.FAILED)


@pytest.mark.parametrize("change", [WebhookChange(active=False), WebhookChange(events=["export.ready"])])
def test_a_webhook_is_told_what_it_asked_for_while_it_is_on(
    people: People, webhook: Webhook, change: WebhookChange
) -> None:
    change_webhook(webhook, people.owner, change)
    finish_training(queued(people, Job.Kind.TRAIN), RESULT)
    assert told() == []


def comment(people: People, text: str, micrograph: Micrograph | None = None, **more: Any) -> UUID:
    write = WriteComment(uuid4(), uuid4(), text, micrograph=micrograph.pk if micrograph else None, **more)
    _, [result] = apply_operations(people.project.pk, people.member, [write])
    assert result.status == "applied", result.detail
    return write.id


def test_a_comment_tells_who_said_what_where_and_whom_it_names(people: People, webhook: Webhook) -> None:
    [row] = add_micrographs(people, "mic_1")
    first = comment(people, f"@{people.viewer.username} is this ice?", row, x=10.0, y=20.0)
    answer = comment(people, "No.", thread=first)
    found = [(each["type"], each["data"]) for each in told()]
    assert [kind for kind, _ in found] == ["comment.made"] * 2
    assert found[0][1] == {
        "project": {"id": people.project.pk, "name": people.project.name},
        "comment": str(first),
        "thread": str(first),
        "author": people.member.username,
        "text": f"@{people.viewer.username} is this ice?",
        "named": [people.viewer.username],
        "micrograph": {"id": row.pk, "name": "mic_1"},
        "place": [10.0, 20.0],
    }
    assert (found[1][1]["comment"], found[1][1]["thread"], found[1][1]["named"]) == (str(answer), str(first), [])


def test_a_comment_on_a_blind_micrograph_is_told_once_it_is_revealed(people: People, webhook: Webhook) -> None:
    [row] = add_micrographs(people, "mic_1")
    Micrograph.objects.update(blind=True)
    comment(people, "Only mine for now.", row)
    assert told() == []
    reveal_early(people.project.pk, people.owner, [row.pk])
    assert [each["data"]["text"] for each in told()] == ["Only mine for now."]


def test_what_is_edited_or_resolved_is_not_told_again(people: People, webhook: Webhook) -> None:
    first = comment(people, "Ice?")
    edit = WriteComment(uuid4(), first, "Carbon?")
    apply_operations(people.project.pk, people.member, [edit, ResolveComment(uuid4(), first, True)])
    assert len(told()) == 1
