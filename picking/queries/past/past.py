"""The past: the marks of a project as of an event, found by replaying what was told of them.

A replay begins with the last checkpoint, or with nothing, and reads on from there.
"""

import zlib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, cast

import orjson
from django.db.models import QuerySet

from picking import wire
from picking.models import Checkpoint, Event, Project, User
from picking.queries.micrographs.visible import may_see

FIELDS = {str(model._meta.model_name): name for name, (model, _) in wire.COLUMNS.items()}
"""What the events of a kind of mark begin with -> its field in a snapshot."""
TOLD_OF_MARKS = [f"{kind}.{what}" for kind in FIELDS for what in ("put", "deleted")]
PEOPLE = ("author", "changed_by")
"""Fields of a mark that name a person. Events from before there was `changed_by` do not have it."""
TOLD_OF_MICROGRAPHS = ["micrograph.added", "micrograph.removed"]
SINCE_TOLD = {"verdicts": {"fit": None}}
"""Fields that a mark has come to have: events of before do not tell them."""


@dataclass
class Marks:
    """Marks at one sequence number: field of a snapshot -> id -> the event that last put it, in the order of these.

    `removed`: micrographs that are out of the project. Their marks are held, and left out of `columns`.
    """

    sequence: int = 0
    held: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {name: {} for name in FIELDS.values()})
    removed: set[int] = field(default_factory=set)

    @property
    def count(self) -> int:
        return sum(map(len, self.held.values()))

    def packed(self) -> bytes:
        """For a checkpoint: compressed JSON."""
        held = {name: list(marks.values()) for name, marks in self.held.items()}
        return zlib.compress(orjson.dumps({"held": held, "removed": sorted(self.removed)}), level=1)

    @classmethod
    def of(cls, checkpoint: Checkpoint) -> "Marks":
        """As they were packed."""
        kept = orjson.loads(zlib.decompress(checkpoint.marks))
        held = {name: {mark["id"]: _whole(name, mark) for mark in marks} for name, marks in kept["held"].items()}
        return cls(checkpoint.sequence, held, set(kept["removed"]))

    def tell(self, sequence: int, event: dict[str, Any]) -> None:
        """Applies the next event. Those that tell of neither marks nor micrographs change nothing."""
        self.sequence = sequence
        kind, what = event["type"].split(".")
        if kind in FIELDS:
            held = self.held[FIELDS[kind]]
            held.pop(event["id"], None)  # what is put again goes to the end
            if what == "put":
                held[event["id"]] = _whole(FIELDS[kind], event)
        elif event["type"] == "micrograph.removed":
            self.removed.add(event["id"])
        elif event["type"] == "micrograph.added":
            self.removed.discard(event["micrograph"]["id"])

    def columns(
        self, micrograph: int | None = None, blind: Collection[int] = (), reader: int | None = None
    ) -> wire.MarkColumns:
        """As the snapshot has them, of all micrographs or of one. Named are people whose accounts are there.

        Of micrographs that are `blind`, only the marks of the reader.
        """
        shown = {
            name: [
                each
                for each in held.values()
                if self._shows(each, micrograph) and may_see(each["author"], each["micrograph"] in blind, reader)
            ]
            for name, held in self.held.items()
        }
        people: set[Any] = {each.get(who) for marks in shown.values() for each in marks for who in PEOPLE}
        there = set(User.objects.filter(pk__in=people - {None}).values_list("pk", flat=True))
        columns = {
            name: shape.of(
                tuple(mark[each] if each not in PEOPLE or mark.get(each) in there else None for each in shape.names)
                for mark in shown[name]
            )
            for name, (_, shape) in wire.COLUMNS.items()
        }
        return cast(wire.MarkColumns, columns)

    def _shows(self, mark: dict[str, Any], micrograph: int | None) -> bool:
        return mark["micrograph"] not in self.removed and micrograph in (None, mark["micrograph"])


def _whole(name: str, mark: dict[str, Any]) -> dict[str, Any]:
    return {**SINCE_TOLD.get(name, {}), **mark}


def marks_at(
    project: Project, sequence: int, micrograph: int | None = None, reader: int | None = None
) -> wire.MarkColumns:
    """Labels, regions and verdicts as of the event of that number, of the project or of one micrograph.

    As far as the reader sees them now (queries/micrographs/visible.py).
    """
    blind = set(project.micrographs.filter(blind=True).values_list("pk", flat=True))
    return replayed(project, sequence, micrograph).columns(micrograph, blind, reader)


def replayed(project: Project, sequence: int, micrograph: int | None = None) -> Marks:
    """The marks as of the event of that number, or those of one micrograph, whoever may see them.

    A number without an event means the last one before it.
    """
    told = _told(project).filter(sequence__lte=sequence)
    last = project.checkpoints.filter(sequence__lte=sequence).defer("marks").last()
    if micrograph is not None:
        told = told.filter(micrograph=micrograph)
        if last and not told[last.count :].exists():  # fewer to read than the checkpoint holds
            last = None
    marks = Marks.of(last) if last else Marks()
    for number, event in told.filter(sequence__gt=marks.sequence).values_list("sequence", "data").iterator(5000):
        marks.tell(number, event)
    return marks


def _told(project: Project) -> QuerySet[Event]:
    """The events that a replay reads, in order."""
    return project.events.filter(type__in=TOLD_OF_MARKS + TOLD_OF_MICROGRAPHS).order_by("sequence")
