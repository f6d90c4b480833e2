"""Answers kept for a day, so that a request that names itself can be sent again."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from picking.models import KeptAnswer, User

KEPT = timedelta(hours=24)
GIVEN_UP = timedelta(minutes=10)
"""A request under way for longer was cut off: the server was stopped."""


def begin(user: User, key: str, asked: str, project: int | None) -> tuple[KeptAnswer, bool]:
    """The answer kept for this key, and whether the request is new: then it is noted as under way.

    `project`: the only members of which may have it again.
    """
    with transaction.atomic():
        _old().filter(user=user, key=key).delete()
        return KeptAnswer.objects.get_or_create(user=user, key=key, defaults={"asked": asked, "project_id": project})


def end(kept: KeptAnswer, status: int, body: Any) -> None:
    """Keeps the answer. `body`: JSON, or None for one that must not be told twice."""
    KeptAnswer.objects.filter(pk=kept.pk).update(status=status, body=body)


def clear_old_answers() -> int:
    """Deletes those that were kept long enough, and returns how many."""
    count, _ = _old().delete()
    return count


def forget(kept: KeptAnswer) -> None:
    """The request failed: it may be sent again as a new one."""
    KeptAnswer.objects.filter(pk=kept.pk).delete()


def _old() -> QuerySet[KeptAnswer]:
    now = timezone.now()
    return KeptAnswer.objects.filter(Q(created_at__lt=now - KEPT) | Q(status=None, created_at__lt=now - GIVEN_UP))
