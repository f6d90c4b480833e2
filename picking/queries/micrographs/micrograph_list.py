"""The micrographs of a project as its snapshot tells them: JSON, kept until an event may have changed one of them."""

from datetime import datetime
from threading import Lock
from typing import NamedTuple, get_args

import orjson
from cachetools import LRUCache

from picking import wire
from picking.models import Project
from picking.queries.micrographs.micrographs import micrograph_wires

KEPT_BYTES = 64 * 2**20
"""In each process: about 140,000 micrographs."""
LEAST_BYTES = 2**18
"""About 500 micrographs: fewer are read in a moment, and are not kept."""

_SILENT = [*(kind.type for kind in get_args(wire.MarkEvent)), "comment.changed", "job.changed", "job.progress"]
"""Events that change no micrograph. What is not named here is taken to change some: that is always right."""


class _Kept(NamedTuple):
    """`sequence`: up to which event of the project this is known to hold."""

    sequence: int
    json: bytes


_kept: LRUCache[tuple[int, datetime], _Kept] = LRUCache(KEPT_BYTES, lambda kept: len(kept.json))
_lock = Lock()


def micrograph_list(project: Project) -> bytes:
    """All micrographs of a project whose row is locked, in the order of their names.

    To read and write ten thousand takes most of a snapshot's time, and people label far more often than these change.
    """
    key = project.pk, project.created_at  # tests empty their tables, and ids begin again
    with _lock:
        known = _kept.get(key)
    json = known.json if known and _holds(known, project) else orjson.dumps(micrograph_wires(project))
    if LEAST_BYTES <= len(json) <= KEPT_BYTES:
        with _lock:
            _kept[key] = _Kept(project.sequence, json)
    return json


def forget() -> None:
    """For tests that change rows without an event."""
    with _lock:
        _kept.clear()


def _holds(known: _Kept, project: Project) -> bool:
    """An older backup may have been restored meanwhile: then the project has not come as far."""
    if known.sequence >= project.sequence:
        return known.sequence == project.sequence
    return not project.events.filter(sequence__gt=known.sequence).exclude(type__in=_SILENT).exists()
