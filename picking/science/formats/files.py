"""Files: what is read, from wherever it lies, and what is written, piece by piece."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import ZipFile

import numpy as np

from picking.science.formats.coordinates import Column, UnreadableCoordinates

Files = Mapping[str, Callable[[], BinaryIO]]
"""Path as people know it -> opens the file. Only one is open at a time."""

Pieces = Iterator[tuple[str, bytes]]
"""(path, bytes): the pieces of a file follow one another."""

PIECE = 1 << 20
"""Bytes of a piece, roughly: a small file is one piece."""

HEAD = 1 << 16
"""Bytes by which a format is told."""

_OTHER_TEXT = (b"\xff\xfe", b"\xfe\xff")


def in_memory(files: Mapping[str, bytes]) -> Files:
    """Files whose content is here already."""
    return {path: partial(io.BytesIO, content) for path, content in files.items()}


def on_disk(paths: Iterable[Path]) -> Files:
    """Files of this machine."""
    return {str(path): opener(path) for path in paths}


def opener(path: Path) -> Callable[[], BinaryIO]:
    """Opens a file of this machine."""
    return partial(_opened, path)


def in_zip(archive: ZipFile) -> Files:
    """The files in a zip."""
    return {name: partial(_entry, archive, name) for name in archive.namelist() if not name.endswith("/")}


def lines(path: str, file: BinaryIO, as_it_is: bool = False) -> Iterator[str]:
    """The lines of a text in UTF-8, each with the end \\n, whatever it is in the file unless `as_it_is`.

    A byte-order mark is passed over. Raises UnreadableCoordinates.
    """
    number = 0
    if file.read(2) in _OTHER_TEXT:
        raise UnreadableCoordinates(f"{path} is written in UTF-16, or is not a text file. Save it in UTF-8.")
    file.seek(0)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="" if as_it_is else None)
    try:
        for number, line in enumerate(text, 1):
            if "\0" in line:
                raise UnreadableCoordinates(f"{path}, line {number}: this is not a text file.")
            yield line
    except UnicodeDecodeError as error:
        raise UnreadableCoordinates(
            f"{path}, after line {number}: this is not a text file, or not in UTF-8."
        ) from error


def text(path: str, content: bytes) -> str:
    """The text of a file in UTF-8. Raises UnreadableCoordinates."""
    return "".join(lines(path, io.BytesIO(content)))


def first_lines(head: bytes) -> list[str]:
    """The whole lines in the first bytes of a file; none where these are no text."""
    whole, end, _ = head.rpartition(b"\n") if len(head) == HEAD else (head, b"", b"")
    try:
        return (whole + end).decode("utf-8-sig").splitlines() if b"\0" not in head else []
    except UnicodeDecodeError:
        return []


def is_number(text: str) -> bool:
    """Whether a text is a finite number."""
    try:
        number(text, "")
    except UnreadableCoordinates:
        return False
    return True


def number(text: str, where: str) -> float:
    """A finite number. Raises UnreadableCoordinates, saying `where` it should have been."""
    try:
        value = float(text) if "_" not in text else float("nan")
    except ValueError:
        value = float("nan")
    if not np.isfinite(value):
        raise UnreadableCoordinates(f"{where}: {text!r} is not a number.")
    return value


def numbers(texts: Iterable[str], where: Callable[[int], str]) -> Column:
    """(n,): finite numbers. Raises UnreadableCoordinates, saying `where` the first that is none should have been."""
    every = list(texts)
    try:
        values: Column = np.fromiter(map(float, every), np.float64, len(every))
        if np.isfinite(values).all() and "_" not in "".join(every):
            return values
    except ValueError:
        pass
    return np.array([number(text, where(index)) for index, text in enumerate(every)], np.float64)


def whole(values: np.ndarray) -> np.ndarray:
    """The nearest whole numbers, halves upwards (`round` would send them to even numbers)."""
    return np.floor(values + 0.5).astype(np.int64)


def gathered(path: str, texts: Iterable[str]) -> Pieces:
    """A text file in pieces of about a megabyte."""
    return packed(path, (text.encode() for text in texts))


def packed(path: str, contents: Iterable[bytes]) -> Pieces:
    """A file in pieces of about a megabyte."""
    kept: list[bytes] = []
    size = 0
    for content in contents:
        kept.append(content)
        size += len(content)
        if size >= PIECE:
            yield path, b"".join(kept)
            kept, size = [], 0
    if kept:
        yield path, b"".join(kept)


def _entry(archive: ZipFile, name: str) -> BinaryIO:
    return cast(BinaryIO, archive.open(name))


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")
