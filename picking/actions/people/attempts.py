"""How often somebody may be wrong about a password, code, token or link, counted for all processes in the database.

A password or a code is refused unchecked once its limit is reached, right or not: else guessing could go on. A right
token or link is never refused: nobody guesses 32 random bytes, and a program with an old token must not shut out its
neighbours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.utils import timezone

from picking.models import FailedAttempt
from picking.refusals import Refused
from picking.room import says_full

Kind = FailedAttempt.Kind
WINDOW = timedelta(minutes=15)
"""What is older does not count."""
KEPT = timedelta(days=1)
"""For administrators, who want to see what went on."""


@dataclass(frozen=True)
class Limit:
    """So many in the window with the same values in these columns."""

    most: int
    same: tuple[str, ...]


LIMITS = {
    Kind.PASSWORD: (
        Limit(5, ("name", "address")),
        Limit(30, ("address",)),  # many names from one place; a laboratory may share one address
        Limit(100, ("name",)),  # one name from many places
    ),
    # Whoever is asked for a code has given the password: only they can keep its person waiting.
    Kind.CODE: (Limit(5, ("name", "address")), Limit(30, ("address",)), Limit(10, ("name",))),
    Kind.TOKEN: (Limit(60, ("address",)),),
    Kind.LINK: (Limit(30, ("address",)),),
}


class TooManyAttempts(Refused):
    """`seconds`: after which one more may be made."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, ceil(wait.total_seconds()))
        minutes = ceil(self.seconds / 60)
        super().__init__(
            f"Too many failed attempts. Try again in {minutes} {'minute' if minutes == 1 else 'minutes'}, or ask your "
            "administrator for a sign-in link."
        )


def begin_attempt(kind: Kind, address: str, name: str = "") -> FailedAttempt:
    """Counts an attempt as failed, before it is known: many at once would else all find the limit not yet reached.

    Raises TooManyAttempts, and then does not count it.
    """
    attempt = FailedAttempt.objects.create(kind=kind, name=name[:150], address=address)
    free = [at + WINDOW for limit in LIMITS[kind] if (at := _full_since(attempt, limit))]
    if free:
        attempt.delete()
        raise TooManyAttempts(max(free) - timezone.now())
    return attempt


def attempt_succeeded(attempt: FailedAttempt) -> None:
    """Whoever knows the password begins anew."""
    FailedAttempt.objects.filter(kind=attempt.kind, name=attempt.name, address=attempt.address).delete()


def note_failure(kind: Kind, address: str) -> None:
    """Counts a wrong token or link. Raises TooManyAttempts. Where the disk is full, it is not counted."""
    try:
        begin_attempt(kind, address)
    except Exception as error:
        if not says_full(error):
            raise


def unlock(name: str | None) -> int:
    """Forgets what failed for a name, or all; returns how many attempts these were."""
    failed = FailedAttempt.objects.all() if name is None else FailedAttempt.objects.filter(name=name)
    return failed.delete()[0]


def clear_old_attempts() -> int:
    """Deletes those that no administrator will ask for, and returns how many."""
    return FailedAttempt.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


def _full_since(attempt: FailedAttempt, limit: Limit) -> datetime | None:
    """When the oldest of the last `most` before this one was made, if there are as many in the window."""
    same = {column: getattr(attempt, column) for column in limit.same}
    earlier = FailedAttempt.objects.filter(kind=attempt.kind, pk__lt=attempt.pk, at__gt=attempt.at - WINDOW, **same)
    return earlier.order_by("-at").values_list("at", flat=True)[limit.most - 1 : limit.most].first()
