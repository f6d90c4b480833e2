"""A zip that is written while it is sent, so that an export of any size takes little memory."""

import io
import zipfile
from collections.abc import Iterable, Iterator


class _Outlet(io.RawIOBase):
    """What a zip writes to: keeps the bytes until they are taken, and cannot seek."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(memoryview(data))  # type: ignore[arg-type]
        self._waiting += piece
        return len(piece)

    def take(self) -> bytes:
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


def streamed_zip(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The bytes of a zip of (path, content), piece by piece.

    Every file is dated alike (the zip format's first day), so that equal exports are equal byte for byte.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
            yield outlet.take()
    yield outlet.take()
