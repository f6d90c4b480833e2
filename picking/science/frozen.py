"""Named snapshots as files: what a project held, in one form that gives one hash.

The canonical form is UTF-8 text of JSON lines, each ended by a line feed: the head, then one line a micrograph in the
order of their names. Keys are sorted, nothing stands between tokens, text is not escaped beyond what JSON asks, and
numbers are the shortest that read back as the same double. The hash is the SHA-256 of this text; the file is its gzip.
So `zcat FILE | sha256sum` gives the hash without CryoWeb.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from picking.science.formats.coordinates import Coordinates
from picking.science.formats.export import ExportMicrograph
from picking.science.formats.whence import origin_of
from picking.science.imaging.ctf import CtfValues
from picking.science.picks import as_points

FORMAT = "cryoweb snapshot 1"
ORIGINS = {"pick": "network", "label": "label", "accepted": "verdict", "moved": "verdict"}
"""Where a final pick comes from -> its source in exports."""


class BadSnapshot(Exception):
    """The file is no snapshot, or is damaged. The message is for people."""


def canonical(row: Any) -> bytes:
    """One line."""
    text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode() + b"\n"


def write_frozen(path: Path, rows: Iterable[Any]) -> str:
    """Writes the file, and returns the hash."""
    digest = sha256()
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
        for row in rows:
            line = canonical(row)
            digest.update(line)
            file.write(line)
    return digest.hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[tuple[dict[str, Any], Iterator[dict[str, Any]]]]:
    """The head, and the micrographs as they are read. Raises BadSnapshot."""
    try:
        with gzip.open(path, "rb") as file:
            rows = map(json.loads, file)
            head = next(rows, None)
            if not isinstance(head, dict) or head.get("format") != FORMAT:
                raise BadSnapshot(f"{path.name} is no snapshot of CryoWeb, or one of a later version.")
            yield head, rows
    except (EOFError, ValueError, gzip.BadGzipFile) as error:
        raise BadSnapshot(f"{path.name} is damaged: {error}") from error


def verify(path: Path) -> tuple[str, dict[str, Any]]:
    """The hash, recomputed, and the head. Raises BadSnapshot where the text is not in the canonical form."""
    digest = sha256()
    with opened(path) as (head, rows):
        for row in _chained(head, rows):
            digest.update(canonical(row))
    with gzip.open(path, "rb") as file:
        as_it_stands = sha256(file.read())
    if digest.digest() != as_it_stands.digest():
        raise BadSnapshot(f"{path.name} is not in the form that the hash is of.")
    return digest.hexdigest(), head


def _chained(head: dict[str, Any], rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield head
    yield from rows


def frozen_picks(picks: Coordinates, moved: set[tuple[float, float]]) -> dict[str, list[Any]]:
    """Final picks as columns. `moved`: where people moved picks to."""
    places = list(map(tuple, picks.xy.tolist()))
    none = ("",) * len(picks)
    return {
        "x": [x for x, _ in places],
        "y": [y for _, y in places],
        "particle_score": list(map(_or_none, picks.particle_score.tolist())),
        "contamination_score": list(map(_or_none, picks.contamination_score.tolist())),
        "origin": [origin_of(source, place in moved) for source, place in zip(picks.source, places, strict=True)],
        "author": list(picks.author or none),
        "created": list(picks.created or none),
    }


def thawed_picks(columns: dict[str, list[Any]]) -> tuple[Coordinates, set[tuple[float, float]]]:
    """The same back, and where people moved picks to."""
    xy = as_points(list(zip(columns["x"], columns["y"], strict=True)))
    particle, contamination = (
        np.array(columns[name], np.float64) for name in ("particle_score", "contamination_score")
    )
    source = tuple(ORIGINS[origin] for origin in columns["origin"])
    picks = Coordinates(xy, particle, contamination, source, tuple(columns["author"]), tuple(columns["created"]))
    places = zip(columns["x"], columns["y"], columns["origin"], strict=True)
    return picks, {(x, y) for x, y, origin in places if origin == "moved"}


def thawed(row: dict[str, Any], picks: Coordinates) -> ExportMicrograph:
    """A micrograph as the formats write it."""
    return ExportMicrograph(
        name=row["name"],
        file_name=row["file_name"],
        width=row["width"],
        height=row["height"],
        pixel_size=row["pixel_size"],
        picks=picks,
        ctf=CtfValues(**row["ctf"]) if row["ctf"] else None,
        listed_as=row["listed_as"],
        cryosparc_uid=row["cryosparc_uid"],
    )


def _or_none(score: float) -> float | None:
    return None if np.isnan(score) else score
