"""Restorations: how the marks of a moment differ from those of now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from picking import wire
from picking.models import Event, Project
from picking.queries.micrographs.visible import visible
from picking.queries.past.past import FIELDS, Marks, replayed

Named = tuple[str, str]
"""What the events of a kind of mark begin with, and the id of a mark."""
Rows = dict[Named, dict[str, Any]]
"""Marks, each with the fields that events tell of it."""


@dataclass(frozen=True)
class Scope:
    """Which marks: those of one micrograph, of one person, both, or all. By their ids."""

    micrograph: int | None = None
    person: int | None = None


@dataclass(frozen=True)
class Difference:
    """What it takes to bring marks back. `back`: not there now; `changed`: other now; `gone`: were not there then.

    `left`: how many stay as they are, for somebody has changed them since.
    """

    back: Rows
    changed: Rows
    gone: list[Named]
    micrographs: int
    left: int = 0

    def wire(self) -> wire.DifferenceWire:
        return {
            "back": len(self.back),
            "gone": len(self.gone),
            "changed": len(self.changed),
            "micrographs": self.micrographs,
        }


def difference(project: Project, at: int, scope: Scope) -> Difference:
    """From now to an event. A person's marks are those that were theirs then and now, as far as they were there."""
    now, then = _now(project, scope), _then(project, at, scope)

    def concerns(named: Named) -> bool:
        authors = {rows[named]["author"] for rows in (now, then) if named in rows}
        return scope.person is None or authors == {scope.person}

    return _between(now, then, concerns)


def difference_back(project: Project, restored: Event) -> Difference:
    """From now to before a restoration, of what it put and deleted and nobody has changed since."""
    since, scope = restored.data["since"], Scope(restored.micrograph)
    told = project.events.filter(sequence__gte=since, sequence__lt=restored.sequence, restored=True)
    put: dict[Named, bool] = {}
    for kind, data in told.values_list("type", "data"):
        put[kind.partition(".")[0], data["id"]] = kind.endswith(".put")
    now, then = _now(project, scope), _then(project, since - 1, scope)
    same = {each for each, was_put in put.items() if _is_as_left(now.get(each), was_put, restored.sequence)}
    found = _between(now, then, same.__contains__)
    return Difference(found.back, found.changed, found.gone, found.micrographs, len(put) - len(same))


def _is_as_left(row: Mapping[str, Any] | None, was_put: bool, sequence: int) -> bool:
    return row["sequence"] < sequence if row else not was_put


def _between(now: Rows, then: Rows, concerns: Callable[[Named], bool]) -> Difference:
    wanted = [each for each in {**then, **now} if concerns(each)]
    back = {each: then[each] for each in wanted if each not in now}
    gone = [each for each in wanted if each not in then]
    both = [each for each in wanted if each in now and each in then]
    changed = {each: then[each] for each in both if _said(now[each]) != _said(then[each])}
    touched = [*back.values(), *changed.values(), *(now[each] for each in gone)]
    return Difference(back, changed, gone, len({row["micrograph"] for row in touched}))


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    """Of a mark, what a put can change."""
    kept = {"type", "id", "author", "changed_by", "created_at", "sequence"}
    return {name: value for name, value in row.items() if name not in kept}


def _now(project: Project, scope: Scope) -> Rows:
    rows: Rows = {}
    for kind, name in FIELDS.items():
        model, shape = wire.COLUMNS[name]
        marks = visible(model, None).filter(micrograph__project=project)
        if scope.micrograph is not None:
            marks = marks.filter(micrograph=scope.micrograph)
        for row in marks.values("sequence", *shape.names):
            rows[kind, str(row["id"])] = row
    return rows


def _then(project: Project, at: int, scope: Scope) -> Rows:
    """Those on micrographs that are in the project now, and whose marks everyone sees."""
    marks: Marks = replayed(project, at, scope.micrograph)
    rows = project.micrographs.filter(blind=False)
    if scope.micrograph is not None:  # a replay that began at a checkpoint holds the others too
        rows = rows.filter(pk=scope.micrograph)
    there = set(rows.values_list("pk", flat=True))
    return {
        (kind, mark): row
        for kind, name in FIELDS.items()
        for mark, row in marks.held[name].items()
        if row["micrograph"] in there
    }
