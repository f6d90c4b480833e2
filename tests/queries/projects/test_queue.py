"""How far a micrograph is."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from picking.models import Assignment
from picking.models.assignment import CLAIM_LASTS
from picking.queries.projects.queue import state_of

State = Assignment.State
NOW = timezone.now()
AGO = NOW - CLAIM_LASTS - timedelta(minutes=1)


def work(user: int = 1, **fields: Any) -> Assignment:
    return Assignment(user_id=user, **fields)


@pytest.mark.parametrize(
    ("some", "double", "state"),
    [
        ([], False, State.TO_DO),
        ([work(assigned=True)], False, State.ASSIGNED),
        ([work(claimed_at=NOW)], False, State.CLAIMED),
        ([work(claimed_at=AGO, done_at=NOW)], False, State.DONE),
        ([work(done_at=AGO, reviewed_at=NOW)], False, State.REVIEWED),
        ([work(1, done_at=NOW)], True, State.TO_DO),
        ([work(1, done_at=NOW), work(2, assigned=True)], True, State.ASSIGNED),
        ([work(1, done_at=NOW), work(2, done_at=NOW, reviewed_at=NOW)], True, State.DONE),
        ([work(1, reviewed_at=NOW), work(2, reviewed_at=NOW)], False, State.REVIEWED),
    ],
)
def test_a_micrograph_is_as_far_as_the_one_who_is_least_far(
    some: list[Assignment], double: bool, state: Assignment.State
) -> None:
    assert state_of(some, double, {}, NOW) == state


def claim(seen: datetime | None = None, **fields: Any) -> Assignment.State:
    return state_of([work(claimed_at=AGO, **fields)], False, {1: seen} if seen else {}, NOW)


def test_a_claim_lasts_while_its_holder_is_here() -> None:
    assert claim(seen=NOW - timedelta(seconds=70)) == State.CLAIMED


def test_a_claim_runs_out_when_its_holder_has_left() -> None:
    assert claim(seen=AGO) == claim() == State.TO_DO


def test_what_a_manager_gave_stays_with_its_holder() -> None:
    assert claim(assigned=True) == State.ASSIGNED


def test_what_a_program_does_counts_as_being_here() -> None:
    assert claim(active_at=NOW) == State.CLAIMED
