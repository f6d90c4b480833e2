"""What a project and a micrograph were as of an event: settings, the picks that were shown, the marks."""

from datetime import timedelta
from itertools import pairwise
from typing import Any, cast

from django.conf import settings as installation

from picking import wire
from picking.models import Event, Micrograph, Project
from picking.queries.micrographs.micrographs import micrograph_wire
from picking.queries.micrographs.visible import visible_events
from picking.queries.past.past import TOLD_OF_MARKS, marks_at
from picking.science.thresholds import (
    DEFAULT_BORDER_MARGIN,
    DEFAULT_CONTAMINATION_THRESHOLD,
    DEFAULT_PARTICLE_THRESHOLD,
)

AT_ONCE = timedelta(seconds=1)
"""What one person does within this is one change: a stroke of the eraser, a batch."""
MOST = 1000
"""Events that are looked at for the borders of a change."""
AT_FIRST = {
    "particle_threshold": DEFAULT_PARTICLE_THRESHOLD,
    "contamination_threshold": DEFAULT_CONTAMINATION_THRESHOLD,
    "minimum_distance": 0.0,
    "border_margin": DEFAULT_BORDER_MARGIN,
    "current_training": None,
    "first_guess": installation.CRYOWEB_FIRST_GUESS,
    "keep_training": False,
    "archived": False,
}
"""Settings of a new project, of which no event tells."""
TOLD_OF_ROW = ["micrograph.added", "micrograph.changed", "micrograph.revealed", "micrograph.removed"]
"""Types of the events that tell of a micrograph as a whole."""
TOLD_OF_ONE = [*TOLD_OF_MARKS, "micrograph.changed", "picks.added"]
"""Types of the events that change what is seen of a micrograph, besides those of the project."""


def moment_of(project: Project, micrograph: Micrograph, sequence: int, reader: int | None) -> wire.PastWire:
    """What a person may see of a micrograph as of the event of that number."""
    last = visible_events(project, reader).filter(sequence__lte=sequence).last()
    settings, row = settings_at(project, sequence), micrograph_at(micrograph, sequence)
    source, kept = _picks_at(project, micrograph, sequence, settings["current_training"])
    previous, following = _neighbours(project, micrograph, sequence, reader)
    return {
        "sequence": last.sequence if last else 0,
        "at": last.created_at.isoformat() if last else None,
        "project": settings,
        "micrograph": row,
        "source": source,
        "source_kept": kept,
        "previous": previous,
        "following": following,
        **marks_at(project, sequence, micrograph.pk, reader),
    }


def settings_at(project: Project, sequence: int) -> wire.ProjectWire:
    """The project's settings as of an event. Name and sizes from before the first change are those after it."""
    told = project.events.filter(type="project.changed")
    last = told.filter(sequence__lte=sequence).last()
    if last:
        return _whole(project, last.data["project"])
    first = told.first()
    return _whole(project, {**first.data["project"], **AT_FIRST}) if first else wire.project_wire(project)


def _whole(project: Project, told: dict[str, Any]) -> wire.ProjectWire:
    """With the fields that events of older versions do not have."""
    return cast(wire.ProjectWire, {**wire.project_wire(project), **AT_FIRST, **told})


def micrograph_at(micrograph: Micrograph, sequence: int) -> wire.MicrographWire | None:
    """What was known of a micrograph as of an event; None before it was added."""
    told = micrograph.project.events.filter(micrograph=micrograph.pk, type__in=TOLD_OF_ROW)
    last = told.filter(sequence__lte=sequence).last()
    now = micrograph_wire(micrograph)
    if last is None:
        return None if told.filter(type="micrograph.added").exists() else now
    if last.type == "micrograph.removed":
        return None
    return cast(wire.MicrographWire, {**now, **last.data["micrograph"]})


def _picks_at(project: Project, micrograph: Micrograph, sequence: int, training: int | None) -> tuple[int | None, bool]:
    """The source whose picks were shown, and whether they are kept: of the current training, else of the newest."""
    added = project.events.filter(sequence__lte=sequence, micrograph=micrograph.pk, type="picks.added")
    sources = {each["source"] for each in added.values_list("data", flat=True)}
    if not sources:
        return None, True
    of_current = project.sources.filter(training=training, pk__in=sources).first() if training else None
    source = of_current.pk if of_current else max(sources)
    return source, micrograph.pick_sets.filter(source=source).exists()


def _neighbours(
    project: Project, micrograph: Micrograph, sequence: int, reader: int | None
) -> tuple[int | None, int | None]:
    """The states before and after the one of that number, as far as a person may see them on this micrograph."""
    told = visible_events(project, reader)
    seen = told.filter(micrograph=micrograph.pk, type__in=TOLD_OF_ONE), told.filter(type="project.changed")
    # Each by an index of its own: together they would be looked for among all events.
    before = [event for each in seen for event in each.filter(sequence__lte=sequence).order_by("-sequence")[:MOST]]
    after = [event for each in seen for event in each.filter(sequence__gt=sequence).order_by("sequence")[:MOST]]
    before.sort(key=lambda event: -event.sequence)
    after.sort(key=lambda event: event.sequence)
    previous = next((older.sequence for newer, older in pairwise(before) if not _together(older, newer)), None)
    if previous is None and before:
        previous = before[-1].sequence - 1
    following = next((older.sequence for older, newer in pairwise(after) if not _together(older, newer)), None)
    if following is None and after:
        following = after[-1].sequence
    return previous, following


def _together(older: Event, newer: Event) -> bool:
    return older.actor_id == newer.actor_id and newer.created_at - older.created_at < AT_ONCE
