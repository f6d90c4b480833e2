"""What others have done to marks that the one who asks now could not know of (docs/decisions/0059-conflicts.md).

The first change that comes stands. On a micrograph that is blind nobody knows of others' marks, and so nothing is
overtaken there. Read at most five times a batch, and not at all where nobody says what they read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from picking.actions.marks.operations import MARKS, DeleteMark, MarkOperation, Operation, PutMark, PutVerdict
from picking.models import Event, Project, User, Verdict
from picking.models.marks import Mark
from picking.queries.micrographs.visible import visible, visible_events
from picking.queries.past.past import TOLD_OF_MARKS

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
        self,
        project: Project,
        asked: Sequence[Sequence[Operation]],
        marks: Mapping[tuple[type[Mark], UUID], Mark],
    ) -> None:
        """`asked`: the operations of each person."""
        operations = [each for some in asked for each in some if isinstance(each, PutMark | DeleteMark)]
        knowing = [(each, each.after) for each in operations if each.after is not None]
        self._last: dict[UUID, Last] = {}
        self._verdicts: dict[Place, list[tuple[Verdict, Last]]] = defaultdict(list)
        self._places: dict[UUID, Place] = {}
        self._replaced: dict[UUID, UUID] = {}  # operation, of both that are one change -> the verdict that gives way
        if not knowing:
            return
        there = [(marks.get((each.model, each.id)), after) for each, after in knowing]
        self._last |= _changed(project, [mark for mark, after in there if mark and mark.sequence > after])
        self._places |= {mark.pk: _place(mark) for mark, _ in there if isinstance(mark, Verdict)}
        gone = [(each, after) for each, after in knowing if (each.model, each.id) not in marks]
        if gone:
            self._read_of_gone(project, [each for each, _ in gone], min(after for _, after in gone))
        self._replaced |= {each.operation_id: old.id for old, put in self._replacements(asked) for each in (old, put)}

    def _read_of_gone(self, project: Project, operations: Sequence[MarkOperation], after: int) -> None:
        """Who erased the marks of operations that are not there, and the verdicts that have come where these were."""
        since = visible_events(project, None).filter(sequence__gt=after)
        puts = [each for each in operations if isinstance(each, PutMark)]
        cleared = [each.id for each in operations if isinstance(each, DeleteMark) and each.model is Verdict]
        micrographs = {each.micrograph for each in puts}
        erased = _last_of(since.filter(type__in=DELETED, micrograph__in=micrographs), [each.id for each in puts])
        erased |= _last_of(since.filter(type="verdict.deleted"), cleared)
        self._last |= {mark: Last(event.sequence, event.actor, erased=True) for mark, event in erased.items()}
        self._places |= _places_of(project, {mark: erased[mark].micrograph for mark in cleared if mark in erased})
        judged = {each.micrograph for each in puts if isinstance(each, PutVerdict)}
        for verdict in _verdicts_on(project, judged | {micrograph for micrograph, *_ in self._places.values()}, after):
            self._judged(verdict, Last(verdict.sequence, verdict.author, erased=False))

    def _replacements(self, asked: Sequence[Sequence[Operation]]) -> Iterator[tuple[DeleteMark, PutVerdict]]:
        """A verdict that is deleted for another on the same pick: one change of one person."""
        for old, put in (pair for some in asked for pair in pairwise(some)):
            if isinstance(old, DeleteMark) and isinstance(put, PutVerdict) and self._places.get(old.id) == _place(put):
                yield old, put

    def check(self, operation: MarkOperation, actor: User | None, mark: Mark | None) -> None:
        """Raises Overtaken. `mark`: as it is now, None where it is gone."""
        after = operation.after
        if after is None:
            return
        last = self._last.get(operation.id)
        if last and last.sequence > after and last.by != actor and not _same(operation, mark):
            raise Overtaken(last.by, f"{'erased' if last.erased else 'changed'} this {_noun(operation)}")
        if mark is None and isinstance(operation, PutVerdict):
            given = self._check_pick(operation, _place(operation), after, actor)
            replaced = self._replaced.get(operation.operation_id)
            old = self._last.get(replaced) if replaced else None
            if not given and old and old.erased and old.sequence > after and old.by != actor:
                raise Overtaken(old.by, "cleared the verdict on this pick")
        elif mark is None and operation.id in self._places and operation.operation_id not in self._replaced:
            self._check_pick(operation, self._places[operation.id], after, actor)

    def _check_pick(self, operation: MarkOperation, place: Place, after: int, actor: User | None) -> bool:
        """Raises Overtaken where somebody else has put another verdict. Returns whether they have put the same."""
        given = [each for each in self._verdicts.get(place, []) if each[1].sequence > after and each[1].by != actor]
        for verdict, put in given:
            if not _same(operation, verdict):
                raise Overtaken(put.by, f"{JUDGED[Verdict.Kind(verdict.kind)]} this pick")
        return bool(given)

    def note(self, operation: MarkOperation, mark: Mark, actor: User | None) -> None:
        """An operation is applied."""
        if mark.micrograph.blind:
            return
        last = Last(mark.sequence, actor, isinstance(operation, DeleteMark))
        self._last[mark.pk] = last
        if isinstance(mark, Verdict):
            place = _place(mark)
            self._verdicts[place] = [(each, put) for each, put in self._verdicts[place] if each.pk != mark.pk]
            if not last.erased:
                self._judged(mark, last)

    def _judged(self, verdict: Verdict, last: Last) -> None:
        self._verdicts[_place(verdict)].append((verdict, last))


def _place(verdict: Verdict | PutVerdict) -> Place:
    micrograph = verdict.micrograph if isinstance(verdict, PutVerdict) else verdict.micrograph_id
    return micrograph, verdict.x, verdict.y


def _changed(project: Project, marks: Iterable[Mark]) -> dict[UUID, Last]:
    """Who put these marks last."""
    sequences = {mark.sequence: mark.pk for mark in marks}
    if not sequences:
        return {}
    events = visible_events(project, None).filter(sequence__in=sequences).select_related("actor")
    return {sequences[event.sequence]: Last(event.sequence, event.actor, erased=False) for event in events}


def _last_of(told: QuerySet[Event], marks: Collection[UUID]) -> dict[UUID, Event]:
    """The last of some events that tells of each of these marks."""
    if not marks:
        return {}
    of_these = told.annotate(mark=Cast(KT("data__id"), TextField())).filter(mark__in=[str(each) for each in marks])
    return {UUID(event.data["id"]): event for event in of_these.order_by("sequence").select_related("actor")}


def _places_of(project: Project, verdicts: Mapping[UUID, int | None]) -> dict[UUID, Place]:
    """Where verdicts that are gone were, each given with its micrograph."""
    put = visible_events(project, None).filter(type="verdict.put", micrograph__in=set(verdicts.values()))
    last = _last_of(put, verdicts.keys())
    return {mark: (each.data["micrograph"], each.data["x"], each.data["y"]) for mark, each in last.items()}


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
