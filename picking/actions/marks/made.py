"""Who made a mark that was erased and comes back: it stays theirs, whoever brings it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from picking.actions.marks.operations import MARKS, MarkOperation, PutMark
from picking.models import Project, User
from picking.models.marks import Mark
from picking.queries.micrographs.visible import visible_events


@dataclass(frozen=True)
class Made:
    """Who made a mark that comes back, by their id, and when."""

    author: int | None
    at: datetime


def made_before(
    project: Project, operations: Sequence[MarkOperation], marks: Mapping[tuple[type[Mark], UUID], Mark]
) -> dict[tuple[type[Mark], UUID], Made]:
    """Who made the marks that were erased and that a batch may bring back, as an undo does, and when.

    Only what says what its person had read: nobody can have read of a label or a region that is new.
    """
    back = [
        each
        for each in operations
        if isinstance(each, PutMark) and each.after is not None and (each.model, each.id) not in marks
    ]
    if not back:
        return {}
    put = visible_events(project, None).filter(
        type__in=[f"{name}.put" for name in MARKS], micrograph__in={each.micrograph for each in back}
    )
    of_these = put.annotate(mark=Cast(KT("data__id"), TextField())).filter(mark__in=[str(each.id) for each in back])
    told = {
        (MARKS[kind.partition(".")[0]].model, UUID(data["id"])): data
        for kind, data in of_these.values_list("type", "data")
    }
    there = set(User.objects.filter(pk__in=[data["author"] for data in told.values()]).values_list("pk", flat=True))
    return {
        key: Made(data["author"] if data["author"] in there else None, datetime.fromisoformat(data["created_at"]))
        for key, data in told.items()
    }
