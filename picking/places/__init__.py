"""What people may name to import from: a folder, a list of micrographs (STAR, `.cs`), or a pattern (`/d/*_DW.mrc`).

People at the page may use what lies under the allowed data roots, links resolved; the command line may use everything.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from picking.folders import allowed_folder, look_in
from picking.places.lists import OUTSIDE, in_list
from picking.places.patterns import is_pattern, matching
from picking.places.place import Place, lies_under
from picking.refusals import Refused
from picking.science.imaging.read import OtherKind, UnreadableMicrograph, read_header

__all__ = ["OUTSIDE", "Place", "in_folder", "in_list", "is_pattern", "leave_out_other_kinds", "look_at", "matching"]

READERS = 16
"""Headers read at once: on a network drive each takes some milliseconds, most of them waiting."""


def look_at(path: str, subfolders: bool = False) -> Place:
    """What is at `path`, for people at the page. Raises Refused where it may not be used, or is nothing of the kind."""
    place = _at(path, subfolders)
    allowed = _roots()
    folders = {folder: lies_under(folder, allowed) for folder in {file.parent for file in place.micrographs}}
    outside = [f for f in place.micrographs if not (lies_under(f, allowed) if f.is_symlink() else folders[f.parent])]
    place.leave_out(dict.fromkeys(outside, OUTSIDE))
    return place


def _at(path: str, subfolders: bool) -> Place:
    with suppress(OSError, ValueError):
        wanted = Path(path)
        if wanted.is_file():
            return in_list(_allowed_file(wanted), _roots())
        if is_pattern(path) and not wanted.exists():
            return matching(path, allowed=True)
    return in_folder(allowed_folder(path), subfolders)


def in_folder(folder: Path, subfolders: bool) -> Place:
    """What is in a folder."""
    found = look_in(folder, subfolders)
    return Place(found.micrographs, found.left_out, "folder", folder)


def leave_out_other_kinds(place: Place) -> None:
    """Takes out movies, volumes and other files that no import can use, by a look at each header.

    What else is wrong with a file, its import says.
    """
    with ThreadPoolExecutor(READERS) as pool:
        reasons = list(pool.map(_other_kind, place.micrographs))
    place.leave_out({file: reason for file, reason in zip(place.micrographs, reasons, strict=True) if reason})


def _other_kind(file: Path) -> str:
    try:
        read_header(file)
    except OtherKind as reason:
        return str(reason)
    except (UnreadableMicrograph, OSError):
        pass
    return ""


def _roots() -> Sequence[Path]:
    return [Path(root).resolve() for root in settings.CRYOWEB_DATA_ROOTS]


def _allowed_file(path: Path) -> Path:
    """The file, which lies under a root, links resolved or not: what it names is looked for around its own path."""
    folder = allowed_folder(str(path.parent))
    if not lies_under(path, _roots()):
        raise Refused(f"{path} is a link to a file {OUTSIDE}.")
    return folder / path.name
