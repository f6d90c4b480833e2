"""Zips that are written while they are sent."""

import io
import zipfile
from collections.abc import Iterator

from picking.zipping import streamed_zip

FILES = [("a/é.star", b"one" * 1000), ("b.star", b"two")]


def test_what_is_sent_is_a_whole_zip() -> None:
    with zipfile.ZipFile(io.BytesIO(b"".join(streamed_zip(FILES)))) as archive:
        assert archive.testzip() is None
        assert [(name, archive.read(name)) for name in archive.namelist()] == FILES


def test_a_file_is_sent_before_the_next_one_is_made() -> None:
    made = []

    def files() -> Iterator[tuple[str, bytes]]:
        for path, content in FILES:
            made.append(path)
            yield path, content

    assert b"star" in next(streamed_zip(files()))
    assert made == ["a/é.star"]


def test_files_are_dated_alike_whenever_they_are_sent() -> None:
    with zipfile.ZipFile(io.BytesIO(b"".join(streamed_zip(FILES)))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
