"""The format of a file, told by its content."""

from collections.abc import Iterable

from picking.science.formats import FORMATS
from picking.science.formats.coordinates import UnreadableCoordinates
from picking.science.formats.files import HEAD, Files


def format_of(path: str, head: bytes) -> str:
    """The key in FORMATS of a file that begins with `head`. Raises UnreadableCoordinates."""
    for key, each in FORMATS.items():
        if each.recognises(head):
            return key
    raise UnreadableCoordinates(
        f"{path} is in no coordinate format that CryoWeb reads ({', '.join(each.title for each in FORMATS.values())})."
    )


def format_of_all(files: Files) -> str:
    """The one format of several files. Raises UnreadableCoordinates where they differ, or one has none.

    An empty file, such as the .box of a micrograph without particles, is of the format of the others.
    """
    found: dict[str, str] = {}
    for path, opened in files.items():
        with opened() as file:
            head = file.read(HEAD)
        if head.strip():
            found.setdefault(format_of(path, head), path)
    if len({FORMATS[key].parse for key in found}) > 1:
        raise UnreadableCoordinates(
            f"These files are of different formats: {_named(found.items())}. Import each alone."
        )
    if not found:
        raise UnreadableCoordinates("There are no coordinates to read: no files, or all of them are empty.")
    return next(iter(found))


def _named(found: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{path} is {FORMATS[key].title}" for key, path in found)
