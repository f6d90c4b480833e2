"""Who is here: each process tells the others of the sockets it holds. Nothing of it is stored."""

import time
from collections.abc import Iterable
from itertools import chain
from math import inf

from cachetools import TTLCache

from picking.live.messages import Person
from picking.models.people.membership import GONE_AFTER

TELL_EVERY_SECONDS = 30
TELL_TOGETHER_SECONDS = 0.05
"""What changes within this time is told as one."""


Window = tuple[float, Person]
"""When a window was last heard of, in seconds since 1970, and what it shows."""


class People:
    """Of one project. A process that falls silent (it was killed) is forgotten with its sockets."""

    def __init__(self) -> None:
        self._ours: dict[str, Window] = {}
        self._last: dict[int, float] = {}  # by person: when one of their windows was last heard of
        self._theirs: TTLCache[str, list[Window]] = TTLCache(inf, GONE_AFTER.total_seconds())

    def seen(self, socket: str, person: Person) -> None:
        """A socket of this process, and what it shows."""
        self._last[person["id"]] = now = time.time()
        self._ours[socket] = (now, person)

    def gone(self, socket: str) -> None:
        self._ours.pop(socket, None)

    def told(self, process: str, windows: Iterable[Window]) -> None:
        """Another process tells of its sockets, of all of them."""
        theirs = self._theirs[process] = [(heard, person) for heard, person in windows]
        for heard, person in theirs:
            self._last[person["id"]] = max(heard, self._last.get(person["id"], 0.0))

    def silent(self, process: str) -> None:
        """Another process has no more sockets."""
        self._theirs.pop(process, None)

    def ours(self) -> list[Window]:
        return list(self._ours.values())

    def elsewhere(self) -> bool:
        """Whether other processes have sockets too."""
        return len(self._theirs) > 0

    def here(self) -> list[Person]:
        """One entry per person, however many windows they have: the one last heard from."""
        windows = sorted(self._everyone(), key=lambda window: window[0])
        return list({person["id"]: person for _, person in windows}.values())

    def counts(self, socket: str) -> bool:
        """Whether this window is the one last heard from of its person's, those that have closed among them."""
        last, me = self._ours[socket]
        return last >= self._last[me["id"]]

    def _everyone(self) -> Iterable[Window]:
        return chain(chain.from_iterable(self._theirs.values()), self._ours.values())
