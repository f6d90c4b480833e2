"""Events as sockets carry them: read from the table in order, and written as text once for all who follow."""

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from picking import events
from picking.events import Told
from picking.live.messages import EventsMessage
from picking.models import Event

PAGE = 500
"""In pages, not one by one: a thousand small messages cost more than their content."""


@dataclass(frozen=True)
class Page:
    """Events as the text of a message: after `after`, up to `last`. `removes`: whom the last one takes out."""

    after: int
    last: int
    text: str
    removes: int | Literal["everyone"] | None


def read_pages(project_id: int, after: int) -> list[Page]:
    """The next events of a project after a sequence number; none when there are no more.

    A page ends with the event that removes somebody from the project: what came after is not theirs to see.
    """
    new = Event.objects.filter(project_id=project_id, sequence__gt=after).order_by("sequence")
    told = [events.as_told(event) for event in new[:PAGE]]
    cuts = [0, *(number for number, event in enumerate(told[:-1], 1) if _removed(event)), len(told)]
    return [_page(told[start:end]) for start, end in pairwise(cuts) if end > start]


def _page(told: list[Told]) -> Page:
    message: EventsMessage = {"type": "events", "events": told}
    text = json.dumps(message, separators=(",", ":"), ensure_ascii=False)
    return Page(told[0]["sequence"] - 1, told[-1]["sequence"], text, _removed(told[-1]))


def _removed(told: Told) -> int | Literal["everyone"] | None:
    """Whom an event removes from the project: everyone, where it was deleted."""
    event: dict[str, int | str] = told["event"]  # type: ignore[assignment]
    if event["type"] == "project.removed":
        return "everyone"
    return int(event["id"]) if event["type"] == "member.removed" else None
