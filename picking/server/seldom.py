"""What is done now and then only, however often it is asked for."""

from collections.abc import Hashable
from threading import Lock

from cachetools import TTLCache

REMEMBERED = 10_000


class Seldom:
    """Of one process, for all its threads."""

    def __init__(self, seconds: float) -> None:
        self._done: TTLCache[Hashable, bool] = TTLCache(REMEMBERED, seconds)
        self._lock = Lock()

    def is_due(self, what: Hashable) -> bool:
        """Whether it is the first time in so many seconds that this is asked."""
        with self._lock:
            due = what not in self._done
            if due:
                self._done[what] = True
        return due

    def forget(self) -> None:
        """For tests."""
        with self._lock:
            self._done.clear()
