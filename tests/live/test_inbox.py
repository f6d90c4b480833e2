"""What several people ask for at once."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError

from picking.actions.marks import marks
from picking.actions.marks.operations import PutLabel
from picking.live import inbox as module
from picking.live.inbox import Failed, Inbox
from picking.models import Event, Label, Micrograph, User
from tests.people import People
from tests.server.test_outage import GONE

pytestmark = pytest.mark.django_db(transaction=True)


def put(micrograph: Micrograph, x: float = 10.0) -> PutLabel:
    return PutLabel(uuid4(), uuid4(), micrograph.pk, "particle", x, 20.0)


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of people in each transaction."""
    numbers: list[int] = []
    together = marks.apply_together

    def noted(project_id: int, asked: Any) -> Any:
        numbers.append(len(asked))
        return together(project_id, asked)

    monkeypatch.setattr(module, "apply_together", noted)
    return numbers


async def test_what_comes_at_once_is_committed_together_each_as_its_person(
    people: People, micrograph: Micrograph, commits: list[int]
) -> None:
    inbox = Inbox(people.project.pk)
    asked = [inbox.apply(who, [put(micrograph), put(micrograph)]) for who in (people.owner, people.member)]
    answers = await asyncio.gather(*asked)
    assert commits == [2]
    assert [len(answer["results"]) for answer in answers if not isinstance(answer, Failed)] == [2, 2]
    authors = [label.author_id async for label in Label.objects.order_by("sequence")]
    assert authors == [people.owner.pk, people.owner.pk, people.member.pk, people.member.pk]
    actors = [event.actor_id async for event in Event.objects.exclude(operation=None).order_by("sequence")]
    assert actors == authors


@pytest.mark.parametrize("who", ["viewer", "outsider"])
async def test_who_may_not_label_is_refused_and_the_others_are_not(
    people: People, micrograph: Micrograph, who: str
) -> None:
    inbox = Inbox(people.project.pk)
    stranger: User = getattr(people, who)
    refused, taken = await asyncio.gather(
        inbox.apply(stranger, [put(micrograph)]), inbox.apply(people.member, [put(micrograph)])
    )
    assert isinstance(refused, Failed)
    assert refused.why["status"] == 403
    assert not isinstance(taken, Failed)
    assert [label.author_id async for label in Label.objects.all()] == [people.member.pk]


async def test_what_fails_for_one_does_not_cost_another_their_work(
    people: People, micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = marks.apply_together

    def fails_for_the_owner(project_id: int, asked: Any) -> Any:
        if any(each.actor == people.owner for each in asked):
            raise DatabaseError("broken")
        return together(project_id, asked)

    monkeypatch.setattr(module, "apply_together", fails_for_the_owner)
    inbox = Inbox(people.project.pk)
    failed, taken = await asyncio.gather(
        inbox.apply(people.owner, [put(micrograph)]), inbox.apply(people.member, [put(micrograph)])
    )
    assert isinstance(failed, Failed)
    assert failed.why["status"] == 500
    assert not isinstance(taken, Failed)


async def test_an_operation_that_is_sent_again_is_applied_once(people: People, micrograph: Micrograph) -> None:
    inbox = Inbox(people.project.pk)
    same = put(micrograph)
    first, again = await asyncio.gather(inbox.apply(people.member, [same]), inbox.apply(people.member, [same]))
    assert not isinstance(first, Failed)
    assert not isinstance(again, Failed)
    assert [first["results"][0]["status"], again["results"][0]["status"]] == ["applied", "repeated"]
    assert await Label.objects.acount() == 1


async def test_everybody_is_answered_when_the_database_cannot_be_asked(
    people: People, micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise DatabaseError("broken")

    monkeypatch.setattr(module, "who_may", broken)
    inbox = Inbox(people.project.pk)
    answers = await asyncio.gather(*(inbox.apply(people.member, [put(micrograph)]) for _ in range(2)))
    assert [answer.why["status"] for answer in answers if isinstance(answer, Failed)] == [500, 500]


async def test_a_database_that_is_away_is_told_from_a_mistake_of_the_server(
    people: People, micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> Any:
        raise GONE

    monkeypatch.setattr(module, "who_may", away)
    answer = await Inbox(people.project.pk).apply(people.member, [put(micrograph)])
    assert isinstance(answer, Failed)
    assert answer.why["status"] == 503
