"""What is read: files, folders and zips, as the formats take them."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from picking.science.formats import FORMATS, Files, UnreadableCoordinates
from picking.science.formats.detect import format_of_all, lies_beside, may_be
from picking.science.formats.files import HEAD, opener

Opener = Callable[[], BinaryIO]


def inputs(paths: Iterable[Path], read_as: str | None) -> tuple[str, Files]:
    """The format of all that is given, and its files; of folders and zips those that hold coordinates.

    Files are called by their path in the folder or zip, a file by its own name. Raises UnreadableCoordinates.
    """
    named: dict[str, Opener] = {}
    for path in paths:
        for name, opened, asked_for in _files(path):
            if asked_for or _recognised(opened, read_as):
                named[name if name not in named else f"{path}/{name}"] = opened
    if not named:
        raise UnreadableCoordinates(f"There are no coordinates in {', '.join(map(str, paths))}.")
    return read_as or format_of_all(named), named


def _files(path: Path) -> Iterator[tuple[str, Opener, bool]]:
    """(name, what opens it, whether it was named by the person itself)."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            below = file.relative_to(path)
            if file.is_file() and not any(part.startswith(".") for part in below.parts):
                yield below.as_posix(), opener(file), False
    elif not path.exists():
        raise UnreadableCoordinates(f"{path} does not exist.")
    elif zipfile.is_zipfile(path):
        archive = zipfile.ZipFile(path)  # stays open as long as its members may be read
        for name in archive.namelist():
            if not name.endswith("/"):
                yield name, partial(_member, archive, name), False
    else:
        yield path.name, opener(path), True


def _recognised(opened: Opener, read_as: str | None) -> bool:
    with opened() as file:
        head = file.read(HEAD)
    return not lies_beside(head) and any(may_be(key, head) for key in ([read_as] if read_as else FORMATS))


def _member(archive: zipfile.ZipFile, name: str) -> BinaryIO:
    try:
        return cast(BinaryIO, archive.open(name))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise UnreadableCoordinates(f"{name} in {archive.filename} cannot be read: {error}.") from error
