"""A zip that is written while it is sent, so that exports of any size need little memory."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

LEVEL = 1
"""Of deflating: coordinates become a twelfth larger than at the usual 6, in less than half of the time."""


NOISE = ".mrcs"
"""The end of the names of files that compression only slows down."""


class _Outlet(io.BytesIO):
    """What a zip is written to: keeps the bytes until they are taken."""

    def tell(self) -> int:
        raise io.UnsupportedOperation  # tells the zip that it cannot go back

    def take(self) -> bytes:
        taken = self.getvalue()
        self.seek(0)
        self.truncate()
        return taken


@dataclass(frozen=True)
class Packed:
    """A file in a zip: its path, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str


def noted(files: Iterable[tuple[str, bytes]], into: list[Packed]) -> Iterator[tuple[str, bytes]]:
    """The same pieces; each file is noted once its last piece has gone by."""
    for path, pieces in groupby(files, itemgetter(0)):
        size, digest = 0, sha256()
        for _, piece in pieces:
            size += len(piece)
            digest.update(piece)
            yield path, piece
        into.append(Packed(path, size, digest.hexdigest()))


def streamed_zip(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The bytes of a zip of (path, bytes), piece by piece; the pieces of a file follow one another.

    Every file has the same date (the zip format's first day), so that equal exports are equal byte for byte.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for path, pieces in groupby(files, itemgetter(0)):
            entry = zipfile.ZipInfo(path) if path.endswith(NOISE) else path  # an entry of its own is stored as it is
            with archive.open(entry, "w", force_zip64=True) as file:
                for _, piece in pieces:
                    file.write(piece)
                    yield outlet.take()
            yield outlet.take()
    yield outlet.take()
