"""Sources of picks besides the trainings: make one, change what people say of it, remove it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from picking import events, wire
from picking.actions.jobs.keep_training import note_change
from picking.actions.locked_project import locked_project, require_open
from picking.actions.names import fit_name
from picking.models import PickSet, Project, Source, User
from picking.refusals import Refused
from picking.science.picks import Picks, pack

BY_NETWORKS = re.compile(r"training \d+|first guess", re.IGNORECASE)
"""What the sources are called whose picks follow the thresholds of the project."""
AT_ONCE = 200
"""Pick sets written by one statement."""


@dataclass(frozen=True)
class NewSource:
    """What a source is made of. `picks`: by micrograph id. `scored`: whether their particle scores mean anything.

    `how`: how it came to be, as people may read it: plain values only.
    """

    kind: Source.Kind
    name: str
    picks: Mapping[int, Picks]
    scored: bool
    how: Mapping[str, Any]


@dataclass(frozen=True)
class SourceChange:
    """What is to change; None leaves a field as it is. `threshold`: in the source's own units."""

    name: str | None = None
    threshold: float | None = None
    teaches: bool | None = None


def make_source(project: Project, actor: User | None, new: NewSource) -> Source:
    """A new source of the locked project with all its picks; every pick counts at first.

    Raises Refused for a name that is taken or unfit, and where there are no picks.
    """
    require_open(project)
    there = set(project.micrographs.filter(pk__in=new.picks).values_list("pk", flat=True))
    sets = {micrograph: picks for micrograph, picks in new.picks.items() if micrograph in there and len(picks)}
    if not sets:
        raise Refused("There are no picks on the micrographs of this project.")
    lowest, highest = _range(sets) if new.scored else (None, None)
    source = Source.objects.create(
        project=project,
        kind=new.kind,
        name=_fit_name(project, new.name),
        threshold=lowest,
        lowest_score=lowest,
        highest_score=highest,
        how=dict(new.how),
        created_by=actor,
    )
    PickSet.objects.bulk_create(
        (PickSet(micrograph_id=m, source=source, count=len(picks), rows=pack(picks)) for m, picks in sets.items()),
        batch_size=AT_ONCE,
    )
    events.append(project, events.SourceAdded(source=wire.source_wire(source)), actor)
    return source


def change_source(source: Source, actor: User, wanted: SourceChange) -> Source:
    """Sets the given fields. What changes the examples of the networks asks for a training, as labels do."""
    with locked_project(source.project_id) as project:
        require_open(project)
        source = _own(project, source)
        taught = (source.teaches, source.threshold)
        if wanted.name is not None:
            source.name = _fit_name(project, wanted.name, source)
        if wanted.threshold is not None:
            if source.lowest_score is None:
                raise Refused(f"The picks of {source.name} have no scores, so it takes no threshold.")
            source.threshold = wanted.threshold
        if wanted.teaches is not None:
            source.teaches = wanted.teaches
        source.save(update_fields=["name", "threshold", "teaches"])
        if (taught[0] or source.teaches) and taught != (source.teaches, source.threshold):
            note_change(project)
        events.append(project, events.SourceChanged(source=wire.source_wire(source)), actor)
    return source


def remove_source(source: Source, actor: User) -> None:
    """Deletes a source and its picks. Verdicts given on them stay: they name places."""
    with locked_project(source.project_id) as project:
        require_open(project)
        source = _own(project, source)
        removed = source.pk
        if source.teaches:
            note_change(project)
        source.delete()
        events.append(project, events.SourceRemoved(id=removed), actor)


def _own(project: Project, source: Source) -> Source:
    """As it is now. Raises Refused for a training's and the first guess: they go by the project's thresholds."""
    if source.kind in Source.BY_NETWORKS:
        raise Refused(f"{source.name} is of CryoWeb's own networks: its picks follow the thresholds of the project.")
    found = project.sources.filter(pk=source.pk).first()
    if found is None:
        raise Refused(f"{source.name} was removed.")
    return found


def _fit_name(project: Project, name: str, own: Source | None = None) -> str:
    fit = fit_name(name)
    if not fit:
        raise Refused("These picks need a name.")
    if len(fit) > 200:
        raise Refused("This name is longer than 200 characters. Choose a shorter one.")
    if BY_NETWORKS.fullmatch(fit):
        raise Refused(f"“{fit}” is what the picks of CryoWeb's own networks are called. Choose another name.")
    if project.sources.filter(name=fit).exclude(pk=own.pk if own else 0).exists():
        raise Refused(f"There are picks named “{fit}” already. Choose another name.")
    return fit


def _range(sets: Mapping[int, Picks]) -> tuple[float, float]:
    """The lowest and the highest score, as stored."""
    lows, highs = zip(*((float(np.min(each[:, 2])), float(np.max(each[:, 2]))) for each in sets.values()), strict=True)
    return min(lows), max(highs)
