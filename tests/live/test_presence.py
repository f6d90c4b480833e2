"""Who is here, by what sockets say."""

import time
from datetime import timedelta

import pytest

from picking.live.messages import Person
from picking.live.presence import People


def person(number: int, micrograph: int | None = None) -> Person:
    return {"id": number, "username": f"user{number}", "micrograph": micrograph, "following": None}


def test_a_person_with_two_windows_is_here_once_with_the_one_last_heard_of() -> None:
    people = People()
    people.seen("a", person(1, micrograph=10))
    people.seen("b", person(1, micrograph=20))
    people.seen("c", person(2))
    people.seen("a", person(1, micrograph=30))
    assert sorted(people.here(), key=lambda each: each["id"]) == [person(1, micrograph=30), person(2)]


def test_a_person_is_here_until_the_last_window_closes() -> None:
    people = People()
    people.seen("a", person(1))
    people.seen("b", person(1))
    people.gone("a")
    assert people.here() == [person(1)]
    people.gone("b")
    assert people.here() == []


def test_people_of_other_processes_are_here_until_these_say_otherwise() -> None:
    people = People()
    people.seen("a", person(1))
    people.told("other", [(1.0, person(2)), (1.0, person(3))])
    people.told("other", [(2.0, person(3))])
    assert people.here() == [person(3), person(1)]
    people.silent("other")
    assert people.here() == [person(1)] == [each for _, each in people.ours()]


def test_of_a_persons_windows_the_one_last_heard_of_counts_in_whichever_process() -> None:
    people = People()
    people.seen("a", person(1, micrograph=10))
    assert people.counts("a")
    people.told("other", [(time.time() + 1, person(1, micrograph=20))])
    assert not people.counts("a")
    assert people.here() == [person(1, micrograph=20)]


def test_a_process_that_falls_silent_is_forgotten_with_its_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("picking.live.presence.GONE_AFTER", timedelta(0))
    people = People()
    people.told("other", [(1.0, person(1))])
    assert people.here() == []
