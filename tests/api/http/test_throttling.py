"""Limits of what costs much: who asks too often is told when to come again."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import override_settings

from picking.api.http.throttling import RATES, Rate
from tests.people import People


@pytest.fixture(autouse=True)
def two_a_minute(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setitem(RATES, "bulk", Rate(2, 60))
    monkeypatch.setitem(RATES, "trainings", Rate(1, 60))
    cache.clear()
    with override_settings(CRYOWEB_RATE_LIMITS=True):
        yield
    cache.clear()


def get(people: People, who: str = "owner") -> Any:
    return people.client(who).get(f"/api/v1/projects/{people.project.pk}/final_picks")


def test_answers_say_how_much_is_left(people: People) -> None:
    assert [get(people)["RateLimit-Remaining"] for _ in range(2)] == ["1", "0"]


def test_who_asks_too_often_is_told_when_to_come_again(people: People) -> None:
    answers = [get(people) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    late = answers[-1]
    assert late.json()["type"] == "urn:cryoweb:problem:too-many-requests"
    assert 1 <= int(late["Retry-After"]) <= 60
    assert f"again in {late['Retry-After']} s" in late.json()["detail"]
    assert late["RateLimit-Remaining"] == "0"


def test_others_are_not_held_up(people: People) -> None:
    for _ in range(3):
        get(people)
    assert get(people, "viewer").status_code == 200


def test_reading_what_is_cheap_does_not_count(people: People) -> None:
    address = f"/api/v1/projects/{people.project.pk}/trainings"
    assert [people.client("viewer").get(address).status_code for _ in range(3)] == [200, 200, 200]
    assert people.client("owner").post(address).status_code == 400
    assert people.client("owner").post(address).status_code == 429
