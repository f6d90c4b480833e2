"""What people may name to import from: a folder, a list of micrographs (STAR, `.cs`), or a pattern (`/d/*_DW.mrc`).

People at the page may use what lies under their data roots, links resolved; the command line may use everything.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

from picking.data_roots import LINKED_OUTSIDE, lies_under, opened
from picking.folders import allowed_folder, look_in
from picking.places.lists import in_list
from picking.places.patterns import is_pattern, matching
from picking.places.place import Place
from picking.refusals import Refused
from picking.science.imaging.read import OtherKind, UnreadableMicrograph, read_header

__all__ = ["Place", "in_folder", "in_list", "is_pattern", "leave_out_other_kinds", "look_at", "matching"]

READERS = 16
"""Headers read at once: on a network drive each takes some milliseconds, most of them waiting."""


def look_at(path: str, roots: Sequence[Path], subfolders: bool = False) -> Place:
    """What is at `path`, for somebody who may use these roots.

    Raises Refused where it may not be used, or is nothing of the kind.
    """
    with suppress(OSError, ValueError):
        wanted = Path(path)
        if lies_under(wanted.parent, roots) and wanted.is_file():
            return in_list(_allowed_file(wanted, roots), roots)
        if is_pattern(path) and not wanted.exists():
            return matching(path, roots)
    return in_folder(allowed_folder(path, roots), subfolders, roots)


def in_folder(folder: Path, subfolders: bool, within: Sequence[Path] | None = None) -> Place:
    """What is in a folder. `within`: the real folders that links must not lead out of; None: anywhere."""
    found = look_in(folder, subfolders, within)
    return Place(found.micrographs, found.left_out, "folder", folder)


def leave_out_other_kinds(place: Place, within: Sequence[Path] | None = None) -> None:
    """Takes out movies, volumes and other files that no import can use, by a look at each header.

    What else is wrong with a file, its import says.
    """
    with ThreadPoolExecutor(READERS) as pool:
        reasons = list(pool.map(partial(_other_kind, within=within), place.micrographs))
    place.leave_out({file: reason for file, reason in zip(place.micrographs, reasons, strict=True) if reason})


def _other_kind(file: Path, within: Sequence[Path] | None) -> str:
    try:
        with opened(file, within) as open_file:
            read_header(open_file)
    except OtherKind as reason:
        return str(reason)
    except (UnreadableMicrograph, OSError):
        pass
    return ""


def _allowed_file(path: Path, roots: Sequence[Path]) -> Path:
    """The file, which lies under a root, links resolved or not: what it names is looked for around its own path."""
    folder = allowed_folder(str(path.parent), roots)
    if not lies_under(path, roots):
        raise Refused(f"{path} is {LINKED_OUTSIDE}.")
    return folder / path.name
