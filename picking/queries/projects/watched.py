"""Watched folders: what of them is in the project, and how far picking is behind."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Count, Min, Q

from picking import wire
from picking.models import Job, Project, Source, WatchedFile, WatchedFolder
from picking.queries.jobs.due import guesses
from picking.queries.projects.deleted import deleted_micrographs
from picking.science.file_names import below_common_folder, shown

UNDER_WAY = (Job.Status.QUEUED, Job.Status.RUNNING)
TAKEN_OUT = "taken out of the project"
MOST_DELAYS = 500
"""Shown in the plot, the newest."""


@dataclass(frozen=True)
class Progress:
    """`delays`: (arrival, seconds until the picks), in the order of arrival, of files that came since then."""

    picked: int
    delays: list[tuple[datetime, float]]
    waiting_since: datetime | None

    @property
    def median_delay(self) -> float | None:
        return median(delay for _, delay in self.delays) if self.delays else None

    @property
    def newest_delay(self) -> float | None:
        return self.delays[-1][1] if self.delays else None


def sources_of(project: Project) -> tuple[set[str], set[str]]:
    """The paths of files used in place: those on their way to become micrographs, and those of micrographs.

    Read in this order: an import that ends in between is in both, rather than in neither.
    """
    imports = project.jobs.filter(kind=Job.Kind.IMPORT, in_place=True, status__in=UNDER_WAY)
    coming = set(imports.values_list("source", flat=True))
    return coming, set(project.micrographs.exclude(source="").values_list("source", flat=True))


def deleted_sources(project: Project) -> set[str]:
    """The paths of files used in place whose micrographs were deleted, and can still be restored."""
    return set(deleted_micrographs(project).exclude(source="").values_list("source", flat=True))


def why_not_there(project: Project, path: str) -> str:
    """Why a file whose import was queued is no micrograph of the project."""
    job = project.jobs.filter(kind=Job.Kind.IMPORT, source=path).last()
    if job is None or job.status == Job.Status.FINISHED:
        return TAKEN_OUT
    return job.error or "its import was cancelled"


def progress(watched: WatchedFolder, there: set[str]) -> Progress:
    """How far picking is with the micrographs whose paths are `there`, of one watched folder.

    Nothing waits for picks while nothing picks.
    """
    by_networks = Q(pick_sets__source__kind__in=Source.BY_NETWORKS)
    rows = watched.project.micrographs.filter(excluded=False).exclude(source="")
    first = dict(rows.annotate(first=Min("pick_sets__created_at", filter=by_networks)).values_list("source", "first"))
    arrivals = watched.files.filter(state=WatchedFile.State.QUEUED, arrived__gte=watched.since)
    delays, waiting = [], []
    for path, arrived in arrivals.order_by("arrived").values_list("path", "arrived"):
        if path in first and first[path] is not None:
            delays.append((arrived, max(0.0, (first[path] - arrived).total_seconds())))
        elif path in first or path not in there:
            waiting.append(arrived)
    picked = sum(1 for path in there if first.get(path) is not None)
    picks = watched.project.current_training_id is not None or guesses(watched.project)
    return Progress(picked, delays, min(waiting, default=None) if picks else None)


def watched_wires(project: Project) -> list[wire.WatchedWire]:
    """The watched folders of a project, those that are stopped included."""
    return [watched_wire(watched) for watched in project.watched.all()]


def watched_wire(watched: WatchedFolder) -> wire.WatchedWire:
    """One as browsers see it."""
    counts = dict(watched.files.values_list("state").annotate(Count("pk")))
    return wire.watched_wire(
        watched, counts.get(WatchedFile.State.GROWING, 0), counts.get(WatchedFile.State.REFUSED, 0)
    )


def watched_detail(watched: WatchedFolder) -> wire.WatchedDetailWire:
    """One with its files and delays."""
    _, there = sources_of(watched.project)
    delays = progress(watched, there).delays[-MOST_DELAYS:]
    return {
        **watched_wire(watched),
        "waiting": wire.left_out_wire(_by_reason(watched, WatchedFile.State.GROWING)),
        "left_out": [*wire.left_out_wire(_by_reason(watched, WatchedFile.State.REFUSED)), *watched.left_out],
        "delays": [(arrived.timestamp(), delay) for arrived, delay in delays],
    }


def _by_reason(watched: WatchedFolder, state: WatchedFile.State) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    rows = list(watched.files.filter(state=state).order_by("path").values_list("reason", "path"))
    for (reason, _), name in zip(rows, below_common_folder([path for _, path in rows]), strict=True):
        found[reason].append(shown(name))
    return found
