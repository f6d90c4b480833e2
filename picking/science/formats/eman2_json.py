"""EMAN2: `info/<name>_info.json` with {"boxes": [[x, y, how, score], ...]}, centres, full-resolution pixels.

`how` is "manual" for what a person marked, else "auto_convnet"; the score is `Coordinates.merit`. An info file that
EMAN2 has made already holds other keys, too: copy only "boxes" into it. Ours also says which micrograph it belongs to,
because several can have one name in EMAN2. Source: EMAN2's e2boxer.py, and base_name in its EMAN2.py for the file's
name.
"""

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from picking.science.formats.coordinates import BY_PEOPLE, Column, Coordinates, Found, UnreadableCoordinates
from picking.science.formats.decimals import shortest
from picking.science.formats.export import Export
from picking.science.formats.files import Files, Pieces, lines, numbers
from picking.science.formats.names import MOST_BYTES, marked, short

_AUTOMATIC = "auto_convnet"
_SUFFIX = "_info.json"
_MICROGRAPH = "cryoweb_micrograph"
_OF_EMAN2 = (
    *("sets", "particles", "micrographs", "movies", "movieparticles", "ddd"),
    *("raw", "info", "tiltseries", "tomograms", "particles3d", "segmentations"),
)
"""Folders that are not part of a name in EMAN2."""


def write(export: Export) -> Pieces:
    """One file for each micrograph with picks.

    EMAN2 takes a__1 and a__2 for the same micrograph; here the second keeps its whole name, so that nothing is lost.
    """
    used = set[str]()
    for micrograph, picks in export.placed():
        name = micrograph.name
        whole, sure = short(name.replace("/", "-"), _SUFFIX), marked(name, MOST_BYTES - len(_SUFFIX)).replace("/", "-")
        free = next(each for each in (stem(name), whole, sure) if each not in used)
        used.add(free)
        info = json.dumps({"boxes": [], _MICROGRAPH: name}).replace("[]", f"[{_boxes(picks)}]", 1)
        yield f"info/{free}{_SUFFIX}", info.encode()


def parse(files: Files) -> Iterator[Found]:
    """Coordinates by the micrograph that a file names, else by file name without `_info.json`.

    Raises UnreadableCoordinates.
    """
    for path, opened in files.items():
        with opened() as file:
            name, boxes = _info(path, "".join(lines(path, file)))
        yield Found(name or PurePosixPath(path).name.removesuffix(_SUFFIX), boxes)


def recognises(head: bytes) -> bool:
    """Whether a file is a JSON object."""
    return head.removeprefix(BOM_UTF8).lstrip()[:1] == b"{"


def stem(name: str) -> str:
    """What EMAN2 calls all that belongs to a micrograph: up to `__`, without `_ptcls` and `_info`.

    With its folder before a hyphen, where that is not one of EMAN2's own.
    """
    *folders, last = name.split("/")
    if folders and folders[-1] not in _OF_EMAN2:
        return short(f"{folders[-1]}-{last}", _SUFFIX)
    return short(last.split("__")[0].replace("_ptcls", "").replace("_info", ""), _SUFFIX)


def _boxes(picks: Coordinates) -> str:
    """The rows of the list, as JSON."""
    sources = ("manual" if source in BY_PEOPLE else _AUTOMATIC for source in picks.source or ("",) * len(picks))
    rows = zip(*map(shortest, picks.xy.T), sources, shortest(picks.merit), strict=True)
    return ", ".join(f'[{x}, {y}, "{how}", {merit}]' for x, y, how, merit in rows)


def _info(path: str, content: str) -> tuple[str, Coordinates]:
    try:
        info = json.loads(content)
        return str(info.get(_MICROGRAPH, "")), _coordinates(info.get("boxes", []), path)
    except (ValueError, AttributeError, TypeError, LookupError, RecursionError) as error:
        raise UnreadableCoordinates(f"{path} is not an info file of EMAN2 ({error}).") from error


def _coordinates(boxes: list[list[Any]], path: str) -> Coordinates:
    def where(row: int) -> str:
        return f"{path}, box {row + 1}"

    for row, box in enumerate(boxes):
        if len(box) > 2 and not isinstance(box[2], str):
            raise UnreadableCoordinates(f"{where(row)}: {box} is not what EMAN2 writes: x, y and how it was found.")
    xy = np.column_stack([_numbers([box[axis] for box in boxes], where) for axis in (0, 1)])
    automatic = [row for row, box in enumerate(boxes) if len(box) > 3 and box[2].startswith("auto")]
    scores, sources = np.full(len(boxes), np.nan), ["label"] * len(boxes)
    scores[automatic] = _numbers([boxes[row][3] for row in automatic], lambda n: where(automatic[n]))
    for row in automatic:
        sources[row] = "network"
    return replace(Coordinates.at(xy, scores), source=sources)


def _numbers(values: list[Any], where: Callable[[int], str]) -> Column:
    """(n,): what should be finite numbers; EMAN2 may write them as texts."""
    if set(map(type, values)) <= {float}:
        found: Column = np.array(values, np.float64)
        if np.isfinite(found).all():
            return found
    return numbers(map(str, values), where)
