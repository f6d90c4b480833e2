"""Rows of pick sets, unpacked: kept in the process, as each threshold that is tried asks for all of a project's."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from threading import Lock
from typing import Any

import numpy as np
from cachetools import LRUCache
from django.db.models import QuerySet

from picking.models import PickSet, Project
from picking.queries.micrographs.micrographs import MANY
from picking.science.picks import Picks, unpack

AT_ONCE = 200
"""Pick sets."""
KEPT_BYTES = 128 * 2**20
"""In each process: eight million picks."""

Ids = tuple[int, ...]

_kept: LRUCache[tuple[datetime, Ids], Picks] = LRUCache(KEPT_BYTES, lambda rows: rows.nbytes)
_lock = Lock()


def held_rows(project: Project, sets: QuerySet[PickSet], wanted: Sequence[Ids]) -> Iterator[Picks]:
    """(n, 4) for each of `wanted`, ids among `sets`: the rows of one after those of another. Nobody may change them.

    A pick set is never changed, so its id says which rows it has. One query for those that are not at hand. A set that
    is deleted meanwhile has no rows.
    """
    with _lock:
        known = {ids: _kept[key] for ids in wanted if (key := _key(project, ids)) in _kept}
    missing = {pk for ids in wanted if ids not in known for pk in ids}
    read, found = _read(sets, missing), dict[int, bytes]()
    for ids in wanted:
        yield known.pop(ids) if ids in known else _joined(_key(project, ids), read, found)


def _key(project: Project, ids: Ids) -> tuple[datetime, Ids]:
    return project.created_at, ids  # tests empty their tables, and ids begin again


def _read(sets: QuerySet[PickSet], missing: set[int]) -> Iterator[tuple[int, Any]]:
    if missing:
        some = sets.filter(pk__in=missing) if len(missing) <= MANY else sets
        told = some.order_by().values_list("pk", "rows").iterator(chunk_size=AT_ONCE)
        yield from (row for row in told if row[0] in missing)


def _joined(key: tuple[datetime, Ids], read: Iterator[tuple[int, Any]], found: dict[int, bytes]) -> Picks:
    """Reads on until all are there: databases give them nearly in the order in which they are wanted."""
    _, ids = key
    while not found.keys() >= set(ids) and (row := next(read, None)):
        found[row[0]] = bytes(row[1])
    complete = found.keys() >= set(ids)
    rows = np.asfortranarray(unpack(b"".join(found.pop(pk, b"") for pk in ids)))  # each column is read by itself
    rows.flags.writeable = False
    if complete and rows.nbytes <= KEPT_BYTES:
        with _lock:
            _kept[key] = rows
    return rows
