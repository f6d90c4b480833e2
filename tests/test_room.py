import errno
import logging
import time
from pathlib import Path

import pytest
from django.db import OperationalError

from picking import room
from tests.full_disk import postgres_error, sqlite_error, system_error


def test_a_full_disk_is_told_by_its_errors(tmp_path: Path) -> None:
    quota = OSError(errno.EDQUOT, "Disk quota exceeded")
    for error in (system_error(), quota, sqlite_error(tmp_path), postgres_error()):
        assert room.says_full(error)
        wrapped = ValueError("wrapped")
        wrapped.__cause__ = error
        assert room.says_full(wrapped)


@pytest.mark.parametrize(
    "error", [None, ValueError("full"), OSError(errno.EACCES, "no"), OperationalError("database is locked")]
)
def test_other_errors_are_not(error: Exception | None) -> None:
    assert not room.says_full(error)


def test_little_room_is_said_once_an_hour(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    now, free = 1000.0, room.LITTLE_BYTES - 1
    monkeypatch.setattr(time, "monotonic", lambda: now)
    monkeypatch.setattr(room, "free_bytes", lambda: free)
    watch = room.Watch()
    said = []
    with caplog.at_level(logging.WARNING, "picking.room"):
        for now, free in ((1000, 9), (1060, 9), (4601, 9), (4660, 1 << 40), (4720, 9)):  # noqa: B007
            caplog.clear()
            watch.look()
            said.append(len(caplog.records))
    assert said == [1, 0, 1, 0, 1]
