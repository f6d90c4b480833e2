"""The timeline: when a project changed, with its trainings and imports."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import attrgetter

from django.db.models import Q

from picking import wire
from picking.models import Event, Project
from picking.queries.micrographs.visible import visible_events
from picking.queries.past.history import came_back

MOMENTS = 200
TICKS = ["micrograph.added", "training.finished", "training.made_current", "source.added", "marks.restored"]
PAUSE = timedelta(minutes=10)
"""Micrographs that come after a longer one are another import."""


def timeline(project: Project, reader: int | None) -> wire.TimelineWire:
    """A fixed number of moments, however many events there are. Those that a person may not see are left out."""
    last = project.sequence
    wanted = {1 + round(step * (last - 1) / (MOMENTS - 1)) for step in range(MOMENTS)} if last else set()
    found = visible_events(project, reader).filter(sequence__in=wanted).values_list("sequence", "created_at")
    of_training = Q(type="source.added", data__source__kind="training")
    ticks = visible_events(project, reader).filter(type__in=TICKS).exclude(of_training | came_back()).order_by()
    versions = dict(project.trainings.values_list("pk", "version"))
    return {
        "moments": [{"sequence": number, "at": at.isoformat()} for number, at in found],
        "ticks": _ticks(sorted(ticks, key=attrgetter("sequence")), versions),
    }


def _ticks(told: Iterable[Event], versions: dict[int, int]) -> list[wire.TickWire]:
    """Micrographs that came together are one, where the last of them came."""
    ticks: list[wire.TickWire] = []
    coming: wire.TickWire | None = None
    since: datetime | None = None
    for event in told:
        tick = _tick(event, versions)
        if event.type == "micrograph.added":
            if coming and since and event.created_at - since < PAUSE:
                tick["count"] += coming["count"]
                ticks.remove(coming)
            coming, since = tick, event.created_at
        ticks.append(tick)
    return ticks


def _tick(event: Event, versions: dict[int, int]) -> wire.TickWire:
    return {
        "sequence": event.sequence,
        "at": event.created_at.isoformat(),
        "type": event.type,
        "name": _name(event, versions),
        "count": 1,
    }


def _name(event: Event, versions: dict[int, int]) -> str:
    data = event.data
    match event.type:
        case "training.finished":
            return f"Training {data['training']['version']}"
        case "training.made_current":
            return f"Training {versions.get(data['training'], '')} again"
        case "source.added":
            return str(data["source"]["name"])
    return ""
