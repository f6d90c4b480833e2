"""The format of a file, told by its content."""

from collections.abc import Callable, Iterable
from typing import BinaryIO

from picking.science.formats import FORMATS, eman2_json
from picking.science.formats.coordinates import UnreadableCoordinates
from picking.science.formats.files import HEAD, Files
from picking.science.formats.star import star_columns
from picking.science.formats.topaz import named_by_numbers

_BARE = ("eman_box", "coords", "topaz")
"""Tables that may be of nothing but numbers."""


def format_of(path: str, head: bytes) -> str:
    """The key in FORMATS of a file that begins with `head`. Raises UnreadableCoordinates."""
    for key, each in FORMATS.items():
        if each.recognises(head):
            return "topaz" if key in _BARE and named_by_numbers(head) else key
    raise UnreadableCoordinates(
        f"{path} is in no coordinate format that CryoWeb reads ({', '.join(each.title for each in FORMATS.values())})."
    )


def may_be(key: str, head: bytes) -> bool:
    """Whether a file can be read in a format that a person chose, which its content need not show."""
    return any(FORMATS[each].recognises(head) for each in (_BARE if key in _BARE else (key,)))


def lies_beside(head: bytes) -> bool:
    """Whether a file is STAR or JSON without coordinates, as RELION's job.star or the manifest of an export."""
    if star_columns(head):
        return not any(each.recognises(head) for each in FORMATS.values())
    return eman2_json.recognises(head) and len(head) < HEAD and b'"boxes"' not in head


def without_beside(files: Files) -> tuple[Files, list[str]]:
    """The files without those that only lie beside coordinates, and the paths of these.

    Where there are no others they stay, to be refused by name.
    """
    beside = [path for path, opened in files.items() if lies_beside(_head(opened))]
    if len(beside) == len(files):
        return files, []
    left = set(beside)
    return {path: opened for path, opened in files.items() if path not in left}, beside


def doubt(key: str, files: Files) -> str:
    """Why files may be of another format than that of their content, in sentences; empty where they show it."""
    if key == "topaz" and any(named_by_numbers(_head(opened)) for opened in files.values()):
        return (
            "These tables of bare numbers are taken for Topaz's, whose micrographs are called by numbers: name, x, y "
            "and perhaps a score. If they are EMAN boxes or plain coordinates, choose that format."
        )
    return ""


def format_of_all(files: Files) -> str:
    """The one format of several files. Raises UnreadableCoordinates where they differ, or one has none.

    An empty file, such as the .box of a micrograph without particles, is of the format of the others.
    """
    found: dict[str, str] = {}
    for path, opened in files.items():
        head = _head(opened)
        if head.strip():
            found.setdefault(format_of(path, head), path)
    if len({FORMATS[key].parse for key in found}) > 1:
        raise UnreadableCoordinates(
            f"These files are of different formats: {_named(found.items())}. Import each alone."
        )
    if not found:
        raise UnreadableCoordinates("There are no coordinates to read: no files, or all of them are empty.")
    return next(iter(found))


def _head(opened: Callable[[], BinaryIO]) -> bytes:
    with opened() as file:
        return file.read(HEAD)


def _named(found: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{path} is {FORMATS[key].title}" for key, path in found)
