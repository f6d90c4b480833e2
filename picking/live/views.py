"""What people see of micrographs and where they point, in memory alone: nothing of it is stored or logged."""

from collections import defaultdict
from collections.abc import Iterable

import orjson

from picking.live.messages import Seen, ViewsMessage

TELL_TOGETHER_SECONDS = 0.08
"""What changes within this time is told as one: a message per micrograph, the same for all who look at it."""


class Views:
    """Of one project: the last that is known of each person, in whichever process they are."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[int, Seen]] = {}  # by person: the micrograph, and what they see of it
        self._news: set[int] = set()
        self._ours: set[int] = set()
        self._whole: dict[int, str] = {}

    def put(self, micrograph: int, seen: Seen) -> None:
        """A socket of this process tells what it sees."""
        self._note(micrograph, seen)
        self._ours.add(seen["person"])

    def told(self, text: str) -> None:
        """Another process tells what its sockets see."""
        for micrograph, seen in orjson.loads(text):
            self._note(micrograph, seen)

    def keep(self, people: Iterable[int]) -> None:
        """Forgets all who are not among `people`."""
        for gone in self._seen.keys() - set(people):
            del self._seen[gone]
            self._whole.clear()

    def take_ours(self) -> str:
        """What is new in this process, for others; empty where nothing is."""
        ours = [self._seen[person] for person in self._ours if person in self._seen]
        self._ours.clear()
        return _text(ours) if ours else ""

    def take_news(self) -> dict[int, str]:
        """What is new, as the message for those who look at each micrograph."""
        by_micrograph: dict[int, list[Seen]] = defaultdict(list)
        for micrograph, seen in (self._seen[person] for person in self._news if person in self._seen):
            by_micrograph[micrograph].append(seen)
        self._news.clear()
        return {micrograph: _message(micrograph, seen) for micrograph, seen in by_micrograph.items()}

    def on(self, micrograph: int) -> str:
        """All that is known of a micrograph, as a message; empty where that is nothing."""
        if micrograph not in self._whole:
            seen = [seen for where, seen in self._seen.values() if where == micrograph]
            self._whole[micrograph] = _message(micrograph, seen) if seen else ""
        return self._whole[micrograph]

    def _note(self, micrograph: int, seen: Seen) -> None:
        self._whole.clear()
        self._seen[seen["person"]] = (micrograph, seen)
        self._news.add(seen["person"])


def _message(micrograph: int, seen: list[Seen]) -> str:
    message: ViewsMessage = {"type": "views", "micrograph": micrograph, "seen": seen}
    return _text(message)


def _text(what: object) -> str:
    return orjson.dumps(what).decode()
