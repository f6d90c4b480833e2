"""How long people work on what they have: the time between what they do, without the gaps."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from picking.models import Assignment
from picking.server.prepared import Prepared
from picking.server.seldom import Seldom

GAP = timedelta(minutes=2)
"""Who does nothing for longer than this was not working meanwhile."""
NOTED_EVERY = timedelta(seconds=10)
"""A label a second is not a row written a second."""
CLAIMED = Assignment.objects.filter(claimed_at__isnull=False, done_at=None)
labelling = Seldom(NOTED_EVERY.total_seconds())


def note_labelling(done: Collection[tuple[int, int]]) -> None:
    """As `note_activity`, of what people do all the time: the database is asked as seldom as it would be written."""
    if due := [each for each in done if labelling.is_due(each)]:
        note_activity(due)


def note_activity(done: Collection[tuple[int, int]]) -> None:
    """People did something on micrographs (user, micrograph). Counts where they have claimed it; no event."""
    now = timezone.now()
    for one in _claimed({user for user, _ in done}, {micrograph for _, micrograph in done}):
        if (one.user_id, one.micrograph_id) in done and not (one.active_at and now - one.active_at < NOTED_EVERY):
            count_time(one, now)
            CLAIMED.filter(pk=one.pk).update(active_at=one.active_at, seconds_worked=one.seconds_worked)


@Prepared
def _claimed(people: Sequence[int], micrographs: Sequence[int]) -> QuerySet[Assignment]:
    return CLAIMED.filter(user__in=people, micrograph__in=micrographs)


def count_time(one: Assignment, now: datetime) -> None:
    """Adds the time since its holder last did something, unless that is a gap. The caller saves it."""
    if one.active_at and now - one.active_at <= GAP:
        one.seconds_worked += (now - one.active_at).total_seconds()
    one.active_at = now
