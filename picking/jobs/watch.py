"""Look into watched folders: what is new, and whole, is imported.

Folders are polled, because network drives tell nobody of new files. A file counts as whole when neither its size nor
its time changed between two scans, and its header promises no more than it holds.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from picking.actions.micrographs.watched import Scan, SeenFile, claim_scan, finish_scan, note_trouble
from picking.data_roots import opened, roots_of
from picking.models import WatchedFile, WatchedFolder
from picking.places import Place, look_at
from picking.queries.projects.watched import TAKEN_OUT, deleted_sources, sources_of, why_not_there
from picking.refusals import Refused
from picking.science.imaging.read import NotWhole, UnreadableMicrograph, read_header

EVERY = timedelta(seconds=3)
PAUSE = 4
"""After a scan, this many times as long passes before the next: a folder of many thousand files takes its time."""
MOST_AT_ONCE = 500
"""Imports queued by one scan: it holds the project meanwhile. The rest is for the next."""
State = WatchedFile.State
GROWING = "still being written"


def scan_due() -> int:
    """Scans the watched folders that are due, and returns how many imports were queued."""
    queued = 0
    while watched := claim_scan():
        queued += scan(watched)
    return queued


def scan(watched: WatchedFolder) -> int:
    """One look at one folder. Returns how many imports were queued."""
    started = time.monotonic()
    try:
        roots = roots_of(watched.created_by)
        place = look_at(watched.place, roots, watched.subfolders)
        found = _compared(watched, place, roots)
        return finish_scan(watched.pk, found, _pause(started), roots)
    except (Refused, OSError) as trouble:
        note_trouble(watched.pk, str(trouble), _pause(started))
        return 0


def _pause(started: float) -> timedelta:
    return max(EVERY, PAUSE * timedelta(seconds=time.monotonic() - started))


def _compared(watched: WatchedFolder, place: Place, roots: Sequence[Path]) -> Scan:
    """The difference between the place and the project, and what of it has changed since the last scan."""
    coming, in_project = sources_of(watched.project)
    deleted = deleted_sources(watched.project)
    known = {row.path: row for row in watched.files.all()}
    whole: list[SeenFile] = []
    seen: list[SeenFile] = []
    paths = [str(file) for file in place.micrographs]
    for path in paths:
        before = known.get(path)
        taken = path in coming or path in in_project
        if taken and (before is None or before.state == State.QUEUED):
            continue
        now = _look(path)
        if now is None:
            continue  # it is gone again
        if taken:
            seen.append(replace(now, state=State.QUEUED, reason=""))
        elif path in deleted:
            if before is None or before.state != State.REFUSED:
                seen.append(replace(now, state=State.REFUSED, reason=TAKEN_OUT))
        elif before is None or (before.size, before.modified) != (now.size, now.modified):
            seen.append(now)
        elif before.state == State.QUEUED:
            seen.append(replace(now, state=State.REFUSED, reason=why_not_there(watched.project, path)))
        elif before.state == State.GROWING and before.reason == GROWING and len(whole) < MOST_AT_ONCE:
            judged = _judged(now, roots)
            (whole if judged.state == State.QUEUED else seen).append(judged)
    gone = known.keys() - set(paths)
    return Scan(len(paths), in_project.intersection(paths), place.left_out, whole, seen, list(gone), place.listed)


def _look(path: str) -> SeenFile | None:
    """A file as it is now; None if there is none."""
    try:
        stat = Path(path).stat()
    except OSError:
        return None
    arrived = datetime.fromtimestamp(stat.st_ctime, UTC)  # its own time may be older: copies keep that of the original
    return SeenFile(path, stat.st_size, stat.st_mtime_ns, arrived, State.GROWING, GROWING)


def _judged(file: SeenFile, roots: Sequence[Path]) -> SeenFile:
    """Whether a file that has not changed between two scans is whole, waits for more, or cannot be used."""
    try:
        with opened(Path(file.path), roots) as open_file:
            read_header(open_file)
    except NotWhole as reason:
        return replace(file, reason=str(reason))
    except UnreadableMicrograph as reason:
        return replace(file, state=State.REFUSED, reason=str(reason))
    except OSError as error:
        return replace(file, state=State.REFUSED, reason=f"it cannot be read ({error.strerror})")
    return replace(file, state=State.QUEUED, reason="")
