"""Room on the server's disk: how much there is, and which errors say that there is none."""

import errno
import logging
import shutil
import sqlite3
import time
from datetime import timedelta

from django.conf import settings

log = logging.getLogger(__name__)

FULL = (
    "The server’s disk is full. Nothing is lost: your changes are sent again once there is space. "
    "Ask your administrator to free some."
)
LITTLE_BYTES = 5 * 1024**3
"""Below this the administrator is warned: a few dozen micrographs fit."""
LEAST_BYTES = 64 * 1024**2
"""Below this the server reports itself unhealthy: a single micrograph does not fit."""
WARN_AGAIN = timedelta(hours=1)
_DISK_FULL = "53100"  # PostgreSQL's class 53, insufficient resources


def free_bytes() -> int:
    """What can still be written below CRYOWEB_DATA."""
    return shutil.disk_usage(settings.CRYOWEB_DATA).free


def says_full(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, is that of a full disk: the system's, SQLite's or PostgreSQL's."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL or "disk is full" in str(error):
            return True
        if getattr(error, "sqlstate", None) == _DISK_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False


class Watch:
    """Logs that the disk is filling up, once an hour while it is."""

    def __init__(self) -> None:
        self._warned: float | None = None

    def look(self) -> int:
        """Returns 0, as no work was done."""
        free, now = free_bytes(), time.monotonic()
        if free >= LITTLE_BYTES:
            self._warned = None
        elif self._warned is None or now - self._warned >= WARN_AGAIN.total_seconds():
            self._warned = now
            log.warning(
                "only %s free on the disk of CRYOWEB_DATA: free some space, or nothing can be saved", said(free)
            )
        return 0


def said(size: int) -> str:
    """A number of bytes as people say it."""
    return f"{size / 1024**3:.1f} GiB" if size >= 1024**3 else f"{size / 1024**2:.0f} MiB"
