"""Sending files in chunks. What broke off goes on where it stopped, also in another run of the program."""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from cryoweb_client.connection import Connection
from cryoweb_client.errors import CryoWebError, NotReached, Problem
from cryoweb_client.progress import Progress, Report, silent

CHUNK = 8 * 1024**2
PIECES = 32
PIECE = 4096
ENDINGS = (".mrc", ".mrcs", ".mrc.gz", ".mrc.bz2", ".tif", ".tiff", ".png", ".jpg", ".jpeg")
BREAKS = 5
"""Broken connections in a row that one file survives."""


class Sent(NamedTuple):
    """`skipped`: why each of these files was not taken, in the server's words."""

    sent: list[Path]
    skipped: dict[Path, str]


def micrographs_in(paths: list[Path]) -> list[tuple[Path, str]]:
    """Each file with the folder that people see before its name: files as they are, folders with all below them."""
    found: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_dir():
            inside = (file for file in sorted(path.rglob("*")) if file.is_file() and not file.name.startswith("."))
            fit = (file for file in inside if file.name.lower().endswith(ENDINGS))
            found += [(file, file.parent.relative_to(path.parent).as_posix()) for file in fit]
        elif path.is_file():
            found.append((path, ""))
        else:
            raise CryoWebError(f"{path} does not exist.")
    if not found:
        raise CryoWebError(
            f"There are no micrographs in {', '.join(map(str, paths))}: none ends in {', '.join(ENDINGS)}."
        )
    return found


def send_files(server: Connection, project: int, paths: list[Path], report: Report = silent) -> Sent:
    """Sends files and folders. Files that the project has already are skipped. Raises Problem for other refusals."""
    files = micrographs_in(paths)
    sent: list[Path] = []
    skipped: dict[Path, str] = {}
    for number, (file, folder) in enumerate(files):
        report(Progress("Sending micrographs", number, len(files)))
        try:
            send_file(server, project, file, folder)
            sent.append(file)
        except Problem as problem:
            if problem.status not in (400, 409):
                raise
            skipped[file] = str(problem)
    report(Progress("Sending micrographs", len(files), len(files)))
    return Sent(sent, skipped)


def send_file(server: Connection, project: int, file: Path, folder: str = "") -> None:
    """Sends what the server does not have of one file yet."""
    wanted = {"name": file.name, "folder": folder, "size": file.stat().st_size, "fingerprint": fingerprint(file)}
    breaks = 0
    while True:
        begun = server.post(f"projects/{project}/uploads", wanted)
        try:
            for offset, chunk in _chunks(file, begun["received"]):
                headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
                server.send_bytes(f"uploads/{quote(begun['id'])}", chunk, headers)
                breaks = 0
            return
        except NotReached:
            breaks += 1
            if breaks > BREAKS:
                raise


def fingerprint(path: Path) -> str:
    """Size and CRC-32 of pieces spread evenly over a file; a small file whole. The server makes the same."""
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


def _chunks(file: Path, start: int) -> Iterator[tuple[int, bytes]]:
    with file.open("rb") as opened:
        opened.seek(start)
        while chunk := opened.read(CHUNK):
            yield start, chunk
            start += len(chunk)
