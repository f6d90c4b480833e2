"""Who is here: each socket keeps its own list, told by the others' messages."""

from math import inf

from cachetools import TTLCache

from picking.live.messages import Person
from picking.models.membership import GONE_AFTER

TELL_EVERY_SECONDS = 30


class People:
    """Sockets of one project and whose they are. One that falls silent (its server was killed) is forgotten."""

    def __init__(self) -> None:
        self._seen: TTLCache[str, Person] = TTLCache(inf, GONE_AFTER.total_seconds())

    def seen(self, channel: str, person: Person) -> None:
        self.gone(channel)  # so that the one last heard of comes last
        self._seen[channel] = person

    def gone(self, channel: str) -> None:
        self._seen.pop(channel, None)

    def here(self) -> list[Person]:
        """One entry per person, however many windows they have: the one last heard from."""
        return list({person["id"]: person for person in self._seen.values()}.values())
