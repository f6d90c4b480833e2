"""Files: moving them without a moment in which they exist nowhere, and identifying their content."""

import os
import shutil
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PIECES = 32
PIECE = 4096


def link_or_copy(source: Path, target: Path) -> None:
    """Gives a file a second name if the file system allows it, otherwise a copy; the original stays."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Yields a temporary name to write to, which is renamed to `path` at the end, or deleted if writing fails."""
    unfinished = path.with_name(f"{path.name}-{uuid.uuid4()}.unfinished")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder and below; 0 where there is none."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += Path(place, name).stat().st_size
    return total


def fingerprint(path: Path) -> str:
    """Size and CRC-32 of pieces spread evenly over a file, the first and last bytes among them; a small file whole.

    Micrographs differ in noise everywhere, so that little of each is enough. Browsers make the same
    (uploads/fingerprint.ts); both are held to tests/data/fingerprints.json. Raises OSError.
    """
    checksum = 0
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size <= PIECES * PIECE:
            checksum = zlib.crc32(file.read())
        else:
            for number in range(PIECES):
                file.seek(number * (size - PIECE) // (PIECES - 1))
                checksum = zlib.crc32(file.read(PIECE), checksum)
    return f"{size}-{checksum:08x}"
