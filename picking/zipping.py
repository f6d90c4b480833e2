"""A zip that is written while it is sent, so that exports of any size need little memory."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter


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
    """The bytes of a zip of (path, bytes), piece by piece; the pieces of a file follow one another.

    Every file has the same date (the zip format's first day), so that equal exports are equal byte for byte.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, pieces in groupby(files, itemgetter(0)):
            entry = zipfile.ZipInfo(path)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as file:
                for _, piece in pieces:
                    file.write(piece)
                    yield outlet.take()
            yield outlet.take()
    yield outlet.take()
