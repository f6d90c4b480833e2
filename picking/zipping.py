"""A zip that is written while it is sent, so that exports of any size need little memory."""

import io
import zipfile
from collections.abc import Iterable, Iterator


class _Outlet(io.BytesIO):
    """What a zip is written to: keeps the bytes until they are taken."""

    def tell(self) -> int:
        raise io.UnsupportedOperation  # tells the zip that it cannot go back

    def take(self) -> bytes:
        taken = self.getvalue()
        self.seek(0)
        self.truncate()
        return taken


def streamed_zip(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The bytes of a zip of (path, content), piece by piece.

    Every file has the same date (the zip format's first day), so that equal exports are equal byte for byte.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
            yield outlet.take()
    yield outlet.take()
