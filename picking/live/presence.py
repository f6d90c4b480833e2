"""Who is here: each process tells the others of the sockets it holds."""

from itertools import chain
from math import inf

from cachetools import TTLCache

from picking.live.messages import Person
from picking.models.membership import GONE_AFTER

TELL_EVERY_SECONDS = 30
TELL_TOGETHER_SECONDS = 0.05
"""What changes within this time is told as one."""


class People:
    """Of one project. A process that falls silent (it was killed) is forgotten with its sockets."""

    def __init__(self) -> None:
        self._ours: dict[str, Person] = {}
        self._theirs: TTLCache[str, list[Person]] = TTLCache(inf, GONE_AFTER.total_seconds())

    def seen(self, socket: str, person: Person) -> None:
        """A socket of this process, and what it shows."""
        self.gone(socket)  # so that the one last heard of comes last
        self._ours[socket] = person

    def gone(self, socket: str) -> None:
        self._ours.pop(socket, None)

    def told(self, process: str, people: list[Person]) -> None:
        """Another process tells of its sockets, of all of them."""
        self._theirs.pop(process, None)
        self._theirs[process] = people

    def silent(self, process: str) -> None:
        """Another process has no more sockets."""
        self._theirs.pop(process, None)

    def ours(self) -> list[Person]:
        return list(self._ours.values())

    def here(self) -> list[Person]:
        """One entry per person, however many windows they have: the one last heard from."""
        everyone = chain(chain.from_iterable(self._theirs.values()), self._ours.values())
        return list({person["id"]: person for person in everyone}.values())
