"""Events as pages."""

import json
from typing import Any

import pytest

from picking.live import pages
from picking.live.pages import read_pages
from picking.models import Event
from tests.people import People

pytestmark = pytest.mark.django_db


def write(people: People, *told: dict[str, Any]) -> int:
    """Appends events; returns the sequence number before them."""
    before = people.project.sequence
    for number, data in enumerate(told, before + 1):
        Event.objects.create(project=people.project, sequence=number, data=data)
    return before


def test_a_page_ends_with_whoever_is_removed(people: People) -> None:
    nothing, removal = {"type": "micrograph.removed", "id": 7}, {"type": "member.removed", "id": people.viewer.pk}
    before = write(people, nothing, removal, nothing)
    read = read_pages(people.project.pk, before)
    spans = [(page.after - before, page.last - before, page.removes) for page in read]
    assert spans == [(0, 2, people.viewer.pk), (2, 3, None)]
    assert [len(json.loads(page.text)["events"]) for page in read] == [2, 1]


def test_much_is_read_in_parts(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE", 2)
    before = write(people, *({"type": "micrograph.removed", "id": number} for number in range(3)))
    (first,) = read_pages(people.project.pk, before)
    (second,) = read_pages(people.project.pk, first.last)
    assert [first.last - before, second.last - before] == [2, 3]
    assert read_pages(people.project.pk, second.last) == []
