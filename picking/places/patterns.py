"""Files that match a pattern: `*`, `?` and `[…]` in a name, `**` for any folders."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fnmatch import translate
from pathlib import Path

from picking.folders import allowed_folder, sort_out
from picking.places.place import Place
from picking.refusals import Refused
from picking.science.name_order import name_order

_WILD = re.compile(r"[*?\[]")


def is_pattern(path: str) -> bool:
    """Whether some part of a path stands for several."""
    return bool(_WILD.search(path))


def matching(pattern: str, within: Sequence[Path] | None) -> Place:
    """The files that match. Links to folders are not followed,
    and names that begin with a dot are skipped, as in folders.

    Raises Refused when the folder before the first of these is none, or is not under one of `within`.
    """
    parts = Path(pattern).parts
    first = next(number for number, part in enumerate(parts) if _WILD.search(part))
    above = Path(*parts[:first])
    folder = above if within is None else allowed_folder(str(above), within)
    if not folder.is_dir():
        raise Refused(f"{pattern}: there is no folder {above}.")
    place = Place(kind="pattern", folder=folder)
    for where, names in _matches(folder, parts[first:]):
        sort_out(place, folder, where, names, within)
    place.micrographs = list(dict.fromkeys(place.micrographs))
    return place


def _matches(folder: Path, parts: Sequence[str]) -> Iterator[tuple[Path, list[str]]]:
    """Folders, and the names of the files in each that match; the parts of the pattern go down folder by folder."""
    part, rest = parts[0], parts[1:]
    if part == "**":
        yield from _matches(folder, rest or ["*"])
        yield from (found for below in _folders(folder, "*") for found in _matches(below, parts))
    elif rest:
        yield from (found for below in _folders(folder, part) for found in _matches(below, rest))
    else:
        matches = re.compile(translate(part)).match
        with suppress(OSError), os.scandir(folder) as entries:
            names = [entry.name for entry in entries if not entry.name.startswith(".") and matches(entry.name)]
            yield folder, [name for name in names if not (folder / name).is_dir()]


def _folders(folder: Path, part: str) -> list[Path]:
    matches = re.compile(translate(part)).match
    with suppress(OSError), os.scandir(folder) as entries:
        names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False) and matches(entry.name)]
        return [folder / name for name in sorted(names, key=name_order) if not name.startswith(".")]
    return []
