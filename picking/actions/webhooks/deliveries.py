"""Messages for webhooks: written with what they tell of, claimed by who sends them, tried again, given up.

A message that is written in the transaction of its event cannot be lost, and is not sent for what was rolled back.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from picking.models import Comment, Delivery, Export, Job, PickSet, Project, Training, Webhook
from picking.refusals import Refused

Event = Webhook.Event
LEASE = timedelta(seconds=60)
"""Whoever claimed a message and has not said by then how it went is taken for lost."""
FIRST_WAIT = timedelta(seconds=20)
"""After the first try; it doubles with each."""
MOST_TRIES = 13
"""The last comes about 23 hours after the first."""
KEPT = timedelta(days=30)
EVENTS: dict[str, Event] = {
    Job.Kind.TRAIN: Event.TRAINING_FINISHED,
    Job.Kind.PICK: Event.PICKING_FINISHED,
    Job.Kind.EXPORT: Event.EXPORT_READY,
}
ENDED: dict[str, str] = {Job.Status.FINISHED: "done", Job.Status.FAILED: "failed"}


@dataclass(frozen=True)
class Answer:
    """What came of a try. `error`: why it failed; empty where the message was taken."""

    status_code: int | None = None
    response: str = ""
    error: str = ""


def note_end(project: Project, job: Job) -> None:
    """Writes the messages about the end of a job in the locked project. Of cancelled jobs nothing is told."""
    event, status = EVENTS.get(job.kind), ENDED.get(job.status)
    if event is None or status is None:
        return
    listening = _listening(project, event)
    data = _data(project, job) if listening else None
    if data is not None:
        for webhook in listening:
            deliver(webhook, event, {"job": job.pk, "status": status, "error": job.error, **data})


def note_comment(project: Project, comment: Comment) -> None:
    """Writes the messages about a comment in the locked project that everyone sees from now on."""
    listening = _listening(project, Event.COMMENT_MADE)
    if not listening:
        return
    row = comment.micrograph
    named = comment.mentions.select_related("user").order_by("user__username")
    data = {
        "comment": str(comment.pk),
        "thread": str(comment.parent_id or comment.pk),
        "author": comment.author.username if comment.author else "",
        "text": comment.text,
        "named": [mention.user.username for mention in named],
        "micrograph": {"id": row.pk, "name": row.name} if row else None,
        "place": None if comment.x is None else [comment.x, comment.y],
    }
    for webhook in listening:
        deliver(webhook, Event.COMMENT_MADE, data)


def _listening(project: Project, event: Event) -> list[Webhook]:
    active = project.webhooks.filter(active=True).select_related("project")
    return [webhook for webhook in active if event in webhook.events]


def deliver(webhook: Webhook, event: str, data: Mapping[str, Any]) -> Delivery:
    """Writes one message; it is sent soon."""
    project = {"id": webhook.project_id, "name": webhook.project.name}
    body = {"type": event, "timestamp": timezone.now().isoformat(), "data": {"project": project, **data}}
    return Delivery.objects.create(
        webhook=webhook, message_id=f"msg_{uuid.uuid4().hex}", event=event, body=json.dumps(body, ensure_ascii=False)
    )


def send_once_more(delivery: Delivery) -> Delivery:
    """The same message under the same id, tried as often as a new one. Raises Refused where the webhook is off."""
    if not delivery.webhook.active:
        raise Refused("This webhook is off. Turn it on first.")
    delivery.attempts, delivery.next_try_at, delivery.delivered_at = 0, timezone.now(), None
    delivery.save(update_fields=["attempts", "next_try_at", "delivered_at"])
    return delivery


def claim_deliveries(most: int) -> list[Delivery]:
    """Messages that are due, for the one caller that gets them. Those of webhooks that are off wait."""
    now = timezone.now()
    claimed = []
    due = Delivery.objects.filter(next_try_at__lte=now, webhook__active=True, webhook__project__deleted_at=None)
    for delivery in due.select_related("webhook").order_by("next_try_at")[:most]:
        mine = Delivery.objects.filter(pk=delivery.pk, next_try_at=delivery.next_try_at)
        delivery.attempts, delivery.next_try_at = delivery.attempts + 1, now + LEASE
        if mine.update(attempts=delivery.attempts, next_try_at=delivery.next_try_at, tried_at=now):
            claimed.append(delivery)
    return claimed


def note_answer(delivery: Delivery, answer: Answer) -> None:
    """Keeps how a claimed message went, unless it was claimed again or removed meanwhile."""
    now = timezone.now()
    again = answer.error and delivery.attempts < MOST_TRIES
    Delivery.objects.filter(pk=delivery.pk, next_try_at=delivery.next_try_at).update(
        status_code=answer.status_code,
        response=answer.response,
        error=answer.error,
        delivered_at=None if answer.error else now,
        next_try_at=now + FIRST_WAIT * 2 ** (delivery.attempts - 1) if again else None,
    )


def clear_old_deliveries() -> int:
    """Deletes those that were kept long enough, and returns how many."""
    return Delivery.objects.filter(created_at__lt=timezone.now() - KEPT, next_try_at=None).delete()[0]


def _data(project: Project, job: Job) -> dict[str, Any] | None:
    """What is told of a job that ended; None where picking goes on, and where the export was removed."""
    if job.kind == Job.Kind.TRAIN:
        return _training(Training.objects.filter(job=job).first())
    if job.kind == Job.Kind.PICK:
        return None if _picking(project) else {**_training(job.training), **_picked(job.training)}
    export = Export.objects.filter(job=job).first()
    if export is None:
        return None
    return {"export": export.pk, "format": export.format, "file_name": export.file_name, "counts": export.counts}


def _picking(project: Project) -> bool:
    """Whether picking goes on: what was asked to stop does not."""
    active = (Job.Status.QUEUED, Job.Status.RUNNING)
    return project.jobs.filter(kind=Job.Kind.PICK, status__in=active, cancel_requested=False).exists()


def _training(training: Training | None) -> dict[str, Any]:
    """None where a training failed."""
    if training is None:
        return {"training": None}
    return {"training": training.pk, "version": training.version, "labels": training.labels}


def _picked(training: Training | None) -> dict[str, int]:
    """All that the networks found, before any threshold."""
    sets = PickSet.objects.filter(source__training=training, micrograph__excluded=False)
    return {"micrographs": sets.count(), "picks": sets.aggregate(picks=Sum("count"))["picks"] or 0}
