"""Watch a place for new micrographs: start, stop, and keep what a scan found (docs/decisions/0049-incoming.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from picking import events, wire
from picking.actions.locked_project import locked_project, require_open
from picking.actions.micrographs.imports import import_in_place
from picking.models import Project, User, WatchedFile, WatchedFolder
from picking.queries.projects.watched import progress, watched_wire
from picking.refusals import Conflict, Refused
from picking.science.lists import ListedMicrograph

LEASE = timedelta(seconds=60)
"""A scan that takes longer, or whose worker was killed, is made by another worker too: that does no harm."""
LONGEST = 2000
"""Bytes of a place: more does not fit a database's index."""
ALREADY = "the project has it under another path, or a file of the same name with another extension"


@dataclass(frozen=True)
class SeenFile:
    """A file at one moment. `reason`: why it waits or is refused."""

    path: str
    size: int
    modified: int
    arrived: datetime
    state: WatchedFile.State
    reason: str = ""


@dataclass(frozen=True)
class Scan:
    """What a scan found: how many micrographs, those of them that are in the project, and what is new of the others.

    `whole`: those to be imported. `seen`: those that wait or are refused, where that is new. `gone`: paths that are no
    longer there.
    """

    found: int
    there: set[str]
    left_out: Mapping[str, Sequence[str]]
    whole: Sequence[SeenFile] = ()
    seen: Sequence[SeenFile] = ()
    gone: Sequence[str] = ()
    listed: Mapping[Path, ListedMicrograph] = field(default_factory=dict)


def start_watching(project_id: int, actor: User, place: str, subfolders: bool) -> WatchedFolder:
    """Watches a place from now on. What is there already is imported too. Raises Conflict if it is watched already."""
    if len(place.encode(errors="replace")) > LONGEST:
        raise Refused("This path is too long to be watched. Watch a folder above it, or make a shorter link to it.")
    with locked_project(project_id) as project:
        require_open(project)
        same = project.watched.filter(place=place, stopped_at=None)
        if same.exists():
            raise Conflict(f"{place} is being watched already.")
        watched = WatchedFolder.objects.create(project=project, place=place, subfolders=subfolders, created_by=actor)
        _tell(project, watched, actor)
    return watched


def stop_watching(watched: WatchedFolder, actor: User) -> WatchedFolder:
    """Nothing new is taken from it. What was imported stays."""
    with locked_project(watched.project_id) as project:
        watched = project.watched.get(pk=watched.pk)
        if watched.stopped_at is None:
            watched.stopped_at = timezone.now()
            watched.save(update_fields=["stopped_at"])
            _tell(project, watched, actor)
    return watched


def claim_scan() -> WatchedFolder | None:
    """A watched folder that is due, for the one caller that gets it; None when there is none.

    Compare-and-swap, in the folder's own columns: PostgreSQL does not look again at those of a project that is joined.
    """
    now = timezone.now()
    due = WatchedFolder.objects.filter(stopped_at=None, scan_at__lte=now)
    in_use = due.filter(project__archived_at=None, project__deleted_at=None)
    for pk in in_use.order_by("scan_at").values_list("pk", flat=True):
        if due.filter(pk=pk).update(scan_at=now + LEASE):
            return WatchedFolder.objects.select_related("project", "created_by").get(pk=pk)
    return None


def finish_scan(watched_id: int, scan: Scan, again_in: timedelta, roots: Sequence[Path]) -> int:
    """Queues the import of what is whole, keeps the rest, and returns how many were queued: all of it or nothing.

    `roots`: the data roots of who watches.
    """
    with transaction.atomic():
        watched = WatchedFolder.objects.get(pk=watched_id)
        queued: set[str] = set()
        if scan.whole and watched.stopped_at is None:
            files = [Path(each.path) for each in scan.whole]
            jobs, _ = import_in_place(watched.project_id, watched.created_by, files, scan.listed, roots)
            queued = {job.source for job in jobs}
        with locked_project(watched.project_id) as project:
            watched = project.watched.get(pk=watched_id)
            if watched.stopped_at is not None:
                return len(queued)
            before = watched_wire(watched)
            news = _keep(watched, [*(_imported(each, each.path in queued) for each in scan.whole), *scan.seen])
            watched.files.filter(path__in=scan.gone).delete()
            _count(watched, scan)
            watched.error, watched.scan_at = "", timezone.now() + again_in
            watched.save()
            if news or watched_wire(watched) != before:
                _tell(project, watched)
    return len(queued)


def note_trouble(watched_id: int, error: str, again_in: timedelta) -> None:
    """Keeps why a place could not be looked at; it is tried again."""
    with locked_project(WatchedFolder.objects.get(pk=watched_id).project_id) as project:
        watched = project.watched.get(pk=watched_id)
        changed = watched.error != error
        watched.error, watched.scan_at = error, timezone.now() + again_in
        watched.save(update_fields=["error", "scan_at"])
        if changed:
            _tell(project, watched)


def _imported(file: SeenFile, queued: bool) -> SeenFile:
    state = WatchedFile.State.QUEUED if queued else WatchedFile.State.REFUSED
    reason = "" if queued else ALREADY
    return SeenFile(file.path, file.size, file.modified, file.arrived, state, reason)


def _keep(watched: WatchedFolder, files: Sequence[SeenFile]) -> bool:
    """Returns whether people see something new: a file that has merely grown is none."""
    there = {row.path: row for row in watched.files.filter(path__in=[each.path for each in files])}
    news = False
    new: list[WatchedFile] = []
    changed: list[WatchedFile] = []
    columns = ("size", "modified", "arrived", "state", "reason")
    for each in files:
        row = there.get(each.path) or WatchedFile(watched=watched, path=each.path)
        news |= (row.state, row.reason) != (each.state, each.reason)
        for column in columns:
            setattr(row, column, getattr(each, column))
        (changed if row.pk else new).append(row)
    WatchedFile.objects.bulk_create(new, batch_size=500)
    WatchedFile.objects.bulk_update(changed, columns, batch_size=100)
    return news


def _count(watched: WatchedFolder, scan: Scan) -> None:
    reached = progress(watched, scan.there)
    watched.found, watched.imported, watched.picked = scan.found, len(scan.there), reached.picked
    watched.left_out = wire.left_out_wire(scan.left_out)
    watched.median_delay, watched.newest_delay = reached.median_delay, reached.newest_delay
    watched.waiting_since = reached.waiting_since


def _tell(project: Project, watched: WatchedFolder, actor: User | None = None) -> None:
    events.append(project, events.WatchedChanged(watched=watched_wire(watched)), actor)
