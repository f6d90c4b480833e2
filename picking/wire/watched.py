"""Folders that are watched during a live session."""

from typing import TypedDict

from picking.models import WatchedFolder
from picking.wire.left_out import LeftOutWire


class WatchedWire(TypedDict):
    """A watched place, and how far its import and picking are, as the last scan found it.

    `place`: a folder, list or pattern. `stopped_at`: null while it is watched. `error`: why it could not be looked at;
    empty if it could. `found`: micrographs there; `imported`: of these in the project; `picked`: of these with picks by
    the networks; `growing`: waiting until they are whole; `refused`: not usable; the rest is on its way.
    `median_delay`, `newest_delay`: seconds from a file's arrival to its picks, of files that came since then; null if
    there are none. `waiting_since`: when the oldest file without picks arrived, null if there is none.
    """

    id: int
    place: str
    subfolders: bool
    since: str
    stopped_at: str | None
    error: str
    found: int
    imported: int
    picked: int
    growing: int
    refused: int
    median_delay: float | None
    newest_delay: float | None
    waiting_since: str | None


class WatchedDetailWire(WatchedWire):
    """With what the page shows when asked.

    `waiting`, `left_out`: files that wait until they are whole, and those that are refused, by reason. `delays`: of the
    last files with picks, in the order of arrival: (seconds since 1970 at arrival, seconds until the picks).
    """

    waiting: list[LeftOutWire]
    left_out: list[LeftOutWire]
    delays: list[tuple[float, float]]


def watched_wire(watched: WatchedFolder, growing: int, refused: int) -> WatchedWire:
    return {
        "id": watched.pk,
        "place": watched.place,
        "subfolders": watched.subfolders,
        "since": watched.since.isoformat(),
        "stopped_at": watched.stopped_at.isoformat() if watched.stopped_at else None,
        "error": watched.error,
        "found": watched.found,
        "imported": watched.imported,
        "picked": watched.picked,
        "growing": growing,
        "refused": refused,
        "median_delay": watched.median_delay,
        "newest_delay": watched.newest_delay,
        "waiting_since": watched.waiting_since.isoformat() if watched.waiting_since else None,
    }
