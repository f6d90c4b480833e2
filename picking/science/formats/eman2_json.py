"""EMAN2: `info/<name>_info.json` with {"boxes": [[x, y, how, score], ...]}, centres, full-resolution pixels.

`how` is "manual" for what a person marked, else "auto_convnet"; the score is `Coordinate.merit`. An info file that
EMAN2 has made already holds other keys, too: copy only "boxes" into it. Source: EMAN2's e2boxer.py, and its
base_name for the file's name.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from picking.science.formats.coordinates import (
    Coordinate,
    Export,
    UnreadableCoordinates,
    base_name,
    number,
    text,
)

_AUTOMATIC = "auto_convnet"


def write(export: Export) -> Iterator[tuple[str, bytes]]:
    """One file for each micrograph with picks.

    EMAN2 takes a__1 and a__2 for the same micrograph; here the second keeps its whole name, so that nothing is lost.
    """
    used = set[str]()
    for micrograph, picks in export.placed():
        base = eman2_base(micrograph.name)
        name = micrograph.name if base in used else base
        used.add(name)
        boxes = [[p.x, p.y, _AUTOMATIC if p.source == "network" else "manual", p.merit] for p in picks]
        yield f"info/{name}_info.json", json.dumps({"boxes": boxes}).encode()


def parse(files: Mapping[str, bytes]) -> dict[str, list[Coordinate]]:
    """Coordinates by file name without `_info.json`. Raises UnreadableCoordinates."""
    return {
        PurePosixPath(path).name.removesuffix("_info.json"): _boxes(path, content) for path, content in files.items()
    }


def eman2_base(path: str) -> str:
    """What EMAN2 calls all that belongs to a micrograph: up to `__`, without `_ptcls` and `_info`."""
    return base_name(path).split("__")[0].replace("_ptcls", "").replace("_info", "")


def _boxes(path: str, content: bytes) -> list[Coordinate]:
    try:
        info = json.loads(text(path, content))
        boxes = info.get("boxes", [])
        return [_coordinate(box, f"{path}, box {n}") for n, box in enumerate(boxes, 1)]
    except (ValueError, AttributeError, TypeError, IndexError, RecursionError) as error:
        raise UnreadableCoordinates(f"{path} is not an info file of EMAN2 ({error}).") from error


def _coordinate(box: list[Any], where: str) -> Coordinate:
    automatic = len(box) > 3 and str(box[2]).startswith("auto")
    score = number(str(box[3]), where) if automatic else None
    return Coordinate(
        number(str(box[0]), where),
        number(str(box[1]), where),
        particle_score=score,
        source="network" if automatic else "label",
    )
