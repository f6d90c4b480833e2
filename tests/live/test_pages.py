"""Events as pages."""

import json
from typing import Any

import pytest

from picking.live.pages import PAGE, read_pages
from picking.models import Event
from tests.people import People

pytestmark = pytest.mark.django_db


def write(people: People, *told: dict[str, Any]) -> int:
    """Appends events; returns the sequence number before them."""
    before = people.project.sequence
    rows = [Event(project=people.project, sequence=number, data=data) for number, data in enumerate(told, before + 1)]
    Event.objects.bulk_create(rows)
    return before


def test_a_page_ends_with_whoever_is_removed(people: People) -> None:
    nothing, removal = {"type": "micrograph.removed", "id": 7}, {"type": "member.removed", "id": people.viewer.pk}
    before = write(people, nothing, removal, nothing)
    read = read_pages(people.project.pk, before)
    spans = [(page.after - before, page.last - before, page.removes) for page in read]
    assert spans == [(0, 2, people.viewer.pk), (2, 3, None)]
    assert [len(json.loads(page.text)["events"]) for page in read] == [2, 1]


def test_much_is_read_in_parts(people: People) -> None:
    before = write(people, *({"type": "micrograph.removed", "id": number} for number in range(PAGE + 1)))
    (first,) = read_pages(people.project.pk, before)
    (second,) = read_pages(people.project.pk, first.last)
    assert [first.last - before, second.last - before] == [PAGE, PAGE + 1]
    assert read_pages(people.project.pk, second.last) == []


def test_what_is_for_one_person_is_in_their_text_alone(people: People) -> None:
    secret, open_to_all = ({"type": "micrograph.removed", "id": number} for number in (1, 2))
    before = write(people, secret, open_to_all, secret)
    Event.objects.filter(project=people.project, data=secret).update(only_for=people.member)
    (page,) = read_pages(people.project.pk, before)
    heard = {who: json.loads(page.text_for(getattr(people, who).pk)) for who in ("owner", "member", "viewer")}
    ids = {who: [each["event"]["id"] for each in message["events"]] for who, message in heard.items()}
    assert ids == {"owner": [2], "member": [1, 2, 1], "viewer": [2]}
    assert {message["last"] - before for message in heard.values()} == {3}
