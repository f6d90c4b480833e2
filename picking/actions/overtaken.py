"""What others have done to marks that the one who asks now could not know of (docs/decisions/0059-conflicts.md).

The first change that comes stands. On a micrograph that is blind nobody knows of others' marks, and so nothing is
overtaken there. Read at most three times a batch, and not at all where nobody says what they read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from picking.actions.operations import MARKS, DeleteMark, MarkOperation, PutMark, PutVerdict
from picking.models import Project, User, Verdict
from picking.models.marks import Mark
from picking.queries.past import TOLD_OF_MARKS
from picking.queries.visible import visible, visible_events

NOUNS = {put: name for name, put in MARKS.items()}
JUDGED = {Verdict.Kind.ACCEPT: "accepted", Verdict.Kind.REJECT: "rejected", Verdict.Kind.MOVE: "moved"}
Place = tuple[int, float, float]
"""Micrograph, x and y: which pick a verdict is on."""
DELETED = [each for each in TOLD_OF_MARKS if each.endswith(".deleted")]


class Overtaken(Exception):
    """Somebody else's change came first. The message is a sentence; `by`: who, None where nobody."""

    def __init__(self, by: User | None, did: str) -> None:
        super().__init__(f"{by.username if by else 'Somebody'} has {did} since you read it.")
        self.by = by


@dataclass(frozen=True)
class Last:
    """What was done to a mark last."""

    sequence: int
    by: User | None
    erased: bool


class Overtaking:
    """Judges the operations of one batch. It is told of each that is applied."""

    def __init__(
        self, project: Project, operations: Sequence[MarkOperation], marks: Mapping[tuple[type[Mark], UUID], Mark]
    ) -> None:
        knowing = [(each, each.after) for each in operations if each.after is not None]
        self._last: dict[UUID, Last] = {}
        self._verdicts: dict[Place, list[tuple[Verdict, Last]]] = defaultdict(list)
        if not knowing:
            return
        there = [(marks.get((each.model, each.id)), after) for each, after in knowing]
        self._last |= _changed(project, [mark for mark, after in there if mark and mark.sequence > after])
        gone = [
            (each, after) for each, after in knowing if isinstance(each, PutMark) and (each.model, each.id) not in marks
        ]
        if gone:
            after = min(after for _, after in gone)
            self._last |= _erased(project, {each.id: each.micrograph for each, _ in gone}, after)
            micrographs = {each.micrograph for each, _ in gone if isinstance(each, PutVerdict)}
            for verdict in _verdicts_on(project, micrographs, after):
                self._judged(verdict, Last(verdict.sequence, verdict.author, erased=False))

    def check(self, operation: MarkOperation, actor: User | None, mark: Mark | None) -> None:
        """Raises Overtaken. `mark`: as it is now, None where it is gone."""
        after = operation.after
        if after is None:
            return
        last = self._last.get(operation.id)
        if last and last.sequence > after and last.by != actor and not _same(operation, mark):
            raise Overtaken(last.by, f"{'erased' if last.erased else 'changed'} this {_noun(operation)}")
        if isinstance(operation, PutVerdict) and mark is None:
            for verdict, put in self._verdicts.get((operation.micrograph, operation.x, operation.y), []):
                if put.sequence > after and put.by != actor and not _same(operation, verdict):
                    raise Overtaken(put.by, f"{JUDGED[Verdict.Kind(verdict.kind)]} this pick")

    def note(self, operation: MarkOperation, mark: Mark, actor: User | None) -> None:
        """An operation is applied."""
        if mark.micrograph.blind:
            return
        last = Last(mark.sequence, actor, isinstance(operation, DeleteMark))
        self._last[mark.pk] = last
        if isinstance(mark, Verdict):
            place = (mark.micrograph_id, mark.x, mark.y)
            self._verdicts[place] = [(each, put) for each, put in self._verdicts[place] if each.pk != mark.pk]
            if not last.erased:
                self._judged(mark, last)

    def _judged(self, verdict: Verdict, last: Last) -> None:
        self._verdicts[verdict.micrograph_id, verdict.x, verdict.y].append((verdict, last))


def _changed(project: Project, marks: Iterable[Mark]) -> dict[UUID, Last]:
    """Who put these marks last."""
    sequences = {mark.sequence: mark.pk for mark in marks}
    if not sequences:
        return {}
    events = visible_events(project, None).filter(sequence__in=sequences).select_related("actor")
    return {sequences[event.sequence]: Last(event.sequence, event.actor, erased=False) for event in events}


def _erased(project: Project, marks: Mapping[UUID, int], after: int) -> dict[UUID, Last]:
    """Who erased these marks, each with its micrograph, after an event: the last one, of each."""
    new = visible_events(project, None).filter(type__in=DELETED, micrograph__in=set(marks.values()), sequence__gt=after)
    of_these = new.annotate(mark=Cast(KT("data__id"), TextField())).filter(mark__in=[str(each) for each in marks])
    return {
        UUID(event.data["id"]): Last(event.sequence, event.actor, erased=True)
        for event in of_these.order_by("sequence").select_related("actor")
    }


def _verdicts_on(project: Project, micrographs: set[int], after: int) -> Iterable[Verdict]:
    if not micrographs:
        return []
    on_these = visible(Verdict, None).filter(micrograph__in=micrographs, micrograph__project=project)
    return on_these.filter(sequence__gt=after).select_related("author")


def _same(operation: MarkOperation, mark: Mark | None) -> bool:
    """Whether what is asked for is how it is already: then nobody loses anything."""
    if isinstance(operation, DeleteMark) or mark is None:
        return isinstance(operation, DeleteMark) and mark is None
    said = {**operation.said, "micrograph_id": operation.micrograph}
    return all(getattr(mark, name) == value for name, value in said.items())


def _noun(operation: MarkOperation) -> str:
    return NOUNS[operation.kind if isinstance(operation, DeleteMark) else type(operation)]
