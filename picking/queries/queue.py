"""The queue: how far each micrograph is, and who has it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from picking.models import Assignment
from picking.models.assignment import CLAIM_LASTS

State = Assignment.State
_FAR = {state: place for place, state in enumerate(State)}


def state_of(work: Sequence[Assignment], double: bool, seen: Mapping[int, datetime], now: datetime) -> Assignment.State:
    """How far a micrograph is: as far as the person who is least far, of all who are to work on it.

    `work`: all that was given or taken of it. `seen`: when each person last had a window on the project, by their ids.
    """
    states = [each for each in (work_state(one, seen.get(one.user_id), now) for one in work) if each]
    places = states + [State.TO_DO] * (places_of(double) - len(states))
    return min(places, key=_FAR.__getitem__)


def places_of(double: bool) -> int:
    """How many people are to work on a micrograph."""
    return 2 if double else 1


def work_state(one: Assignment, seen: datetime | None, now: datetime) -> Assignment.State | None:
    """How far one person is; None where they took it, left and did not finish: it is free for others.

    What a manager gave stays theirs. `seen`: when the person last had a window on the project; None if never.
    """
    if one.reviewed_at:
        return State.REVIEWED
    if one.done_at:
        return State.DONE
    if is_claimed(one, seen, now):
        return State.CLAIMED
    return State.ASSIGNED if one.assigned else None


def is_claimed(one: Assignment, seen: datetime | None, now: datetime) -> bool:
    """Whether somebody works on it. A program has no window: what it does counts as being here."""
    here = [moment for moment in (one.claimed_at, one.active_at, seen) if moment]
    return one.claimed_at is not None and now - max(here) < CLAIM_LASTS
