"""Who is here: each socket keeps its own list, told by the others' messages."""

import time
from dataclasses import dataclass

from picking.live.messages import Person
from picking.models.membership import GONE_AFTER

TELL_EVERY_SECONDS = 30


@dataclass
class Seen:
    person: Person
    at: float


class People:
    """Sockets of one project and whose they are. One that falls silent (its server was killed) is forgotten."""

    def __init__(self) -> None:
        self._seen: dict[str, Seen] = {}

    def seen(self, channel: str, person: Person) -> None:
        self._seen[channel] = Seen(person, time.monotonic())

    def gone(self, channel: str) -> None:
        self._seen.pop(channel, None)

    def here(self) -> list[Person]:
        """One entry a person, whatever the number of their windows: the one last heard of."""
        oldest = time.monotonic() - GONE_AFTER.total_seconds()
        by_age = sorted(self._seen.values(), key=lambda seen: seen.at)
        return list({seen.person["id"]: seen.person for seen in by_age if seen.at > oldest}.values())
