"""Events as sockets carry them: read from the table in order, and written as text once for all who follow."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from django.db.models import QuerySet

from picking import events
from picking.live.messages import EventsMessage
from picking.models import Event, Micrograph
from picking.server.prepared import Prepared

PAGE = 500
"""In pages, not one by one: a thousand small messages cost more than their content."""

BLINDS = {events.MicrographsBlind.type, events.MicrographRevealed.type}


@dataclass(frozen=True)
class Page:
    """Events as the text of a message: after `after`, up to `last`. `removes`: whom the last one takes out.

    `text`: what everyone may see. `own`: the same with what is for one person alone, by that person's id. `blinds`:
    whether micrographs become blind or are revealed.
    """

    after: int
    last: int
    text: str
    own: Mapping[int, str]
    removes: int | Literal["everyone"] | None
    blinds: bool

    def text_for(self, person: int) -> str:
        """What one person may see."""
        return self.own.get(person, self.text)


def read_pages(project_id: int, after: int) -> list[Page]:
    """The next events of a project after a sequence number; none when there are no more.

    A page ends with the event that removes somebody from the project: what came after is not theirs to see.
    """
    rows = _events_after(project_id, after)
    cuts = [0, *(number for number, event in enumerate(rows[:-1], 1) if _removed(event)), len(rows)]
    return [_page(rows[start:end]) for start, end in pairwise(cuts) if end > start]


@Prepared
def _events_after(project_id: int, after: int) -> QuerySet[Event]:
    read = ("sequence", "data", "actor", "operation", "only_for", "created_at")
    return Event.objects.filter(project_id=project_id, sequence__gt=after).order_by("sequence").only(*read)[:PAGE]


def _page(rows: list[Event]) -> Page:
    authors = {row.only_for_id for row in rows if row.only_for_id is not None}
    own = {author: _text(rows, author) for author in authors}
    blinds = any(row.data["type"] in BLINDS for row in rows)
    return Page(rows[0].sequence - 1, rows[-1].sequence, _text(rows, None), own, _removed(rows[-1]), blinds)


def _text(rows: list[Event], reader: int | None) -> str:
    told = [events.as_told(row) for row in rows if row.only_for_id in (None, reader)]
    message: EventsMessage = {"type": "events", "last": rows[-1].sequence, "events": told}
    return json.dumps(message, separators=(",", ":"), ensure_ascii=False)


def _removed(event: Event) -> int | Literal["everyone"] | None:
    """Whom an event removes from the project: everyone, where it was deleted."""
    if event.data["type"] == "project.removed":
        return "everyone"
    return int(event.data["id"]) if event.data["type"] == "member.removed" else None


def blind_micrographs(project_id: int) -> frozenset[int]:
    """Those on which people do not see one another."""
    return frozenset(Micrograph.objects.filter(project_id=project_id, blind=True).values_list("pk", flat=True))
