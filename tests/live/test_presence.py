"""Who is here."""

import pytest

from picking.live.presence import GONE_AFTER, People, Person


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr("picking.live.presence.time.monotonic", lambda: now[0])
    return now


def person(number: int, micrograph: int | None = None) -> Person:
    return {"id": number, "username": f"person {number}", "micrograph": micrograph}


def test_of_the_windows_of_a_person_the_one_last_heard_of_counts(clock: list[float]) -> None:
    people = People()
    for channel, micrograph in (("first", 1), ("second", 2), ("first", 3)):
        people.seen(channel, person(7, micrograph))
        clock[0] += 1
    assert people.here() == [person(7, 3)]


def test_a_window_that_falls_silent_is_forgotten(clock: list[float]) -> None:
    people = People()
    people.seen("silent", person(1))
    clock[0] += GONE_AFTER.total_seconds() - 1
    people.seen("heard", person(2))
    assert [each["id"] for each in people.here()] == [1, 2]
    clock[0] += 2
    assert [each["id"] for each in people.here()] == [2]


def test_a_window_that_closed_is_gone() -> None:
    people = People()
    people.seen("one", person(1))
    people.gone("one")
    people.gone("never heard of")
    assert people.here() == []
