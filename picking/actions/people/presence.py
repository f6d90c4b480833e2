"""Remember which micrograph each member looks at, so that the one on someone's screen is picked first."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from picking.actions.people.activity import note_activity
from picking.models import Membership, Micrograph, SharedLink
from picking.room import says_full


def look_at(project_id: int, user_id: int, micrograph_id: int | None) -> bool:
    """Notes what a member sees; False when the project has no such micrograph. No event: nothing has changed.

    Guests look without being noted: what is picked first goes by members.
    """
    if micrograph_id is not None and not Micrograph.objects.filter(pk=micrograph_id, project=project_id).exists():
        return False
    member = Membership.objects.filter(project_id=project_id, user_id=user_id)
    shown = {micrograph_id, *member.values_list("looking_at", flat=True)}
    with _unless_full():
        note_activity({(user_id, each) for each in shown if each is not None})
    return _note(member, looking_at=micrograph_id, looked_at=timezone.now()) or _is_guest(project_id, user_id)


def keep_looking(project_id: int, shown: Collection[tuple[int, int]]) -> None:
    """Windows still show micrographs (user, micrograph). Ignored of people who look at another one in a newer window.

    All at once: with many people, a statement for each would hold up their labels for a moment.
    """
    members = Membership.objects.filter(project_id=project_id, looking_at__isnull=False)
    seen = members.values_list("pk", "user", "looking_at")
    looking = [member for member, user, micrograph in seen if (user, micrograph) in shown]
    _note(members.filter(pk__in=looking), looked_at=timezone.now())


def look_away(project_id: int, user_id: int, micrograph_id: int) -> None:
    """A window that showed a micrograph has closed."""
    looking = Membership.objects.filter(project_id=project_id, user_id=user_id, looking_at=micrograph_id)
    _note(looking, looking_at=None)


def _note(members: QuerySet[Membership], **seen: Any) -> bool:
    """Whether there was such a member."""
    with _unless_full():
        return members.update(**seen) > 0
    return members.exists()


@contextmanager
def _unless_full() -> Iterator[None]:
    """On a full disk nothing is recorded, and the socket stays open."""
    try:
        yield
    except DatabaseError as error:
        if not says_full(error):
            raise


def _is_guest(project_id: int, user_id: int) -> bool:
    return SharedLink.valid().filter(project=project_id, guest=user_id).exists()
