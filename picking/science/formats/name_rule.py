"""Rules by which two names mean one micrograph, though they are not spelled alike."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

NUMBER = "#"
"""Stands for a number in what a rule ignores."""


@dataclass(frozen=True)
class NameRule:
    """What is ignored in the last part of a path, on both sides: in names of files and of the project's micrographs.

    `starts`: one of them, as `#_`, a number and an underscore, with which cryoSPARC begins its file names. `ends`: as
    many of them as follow one another, as `_DW`. In either case of letters. Nothing is ignored by a rule without any.
    """

    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    @classmethod
    def of(cls, starts: str = "", ends: str = "") -> "NameRule":
        """A rule as people type it: texts between commas or spaces."""
        return cls(*(tuple(dict.fromkeys(re.findall(r"[^,\s]+", each))) for each in (starts, ends)))

    def bare(self, name: str) -> str:
        """A name without folder and extension, and without what is ignored. At least one character stays."""
        if self.starts:
            name = self._start.sub("", name, 1)
        return self._ends.sub("", name, 1) if self.ends else name

    def __bool__(self) -> bool:
        return bool(self.starts or self.ends)

    def __str__(self) -> str:
        parts = [f"{' or '.join(self.starts)} at the start"] * bool(self.starts)
        parts += [f"{' or '.join(self.ends)} at the end"] * bool(self.ends)
        return f"Ignore {' and '.join(parts)}" if parts else "Names as they are"

    @cached_property
    def _start(self) -> re.Pattern[str]:
        return re.compile(f"^(?:{_any(self.starts)})(?=.)", re.IGNORECASE)

    @cached_property
    def _ends(self) -> re.Pattern[str]:
        return re.compile(f"(?<=.)(?:{_any(self.ends)})+$", re.IGNORECASE)


AS_WRITTEN = NameRule()


def _any(texts: Iterable[str]) -> str:
    longest_first = sorted(texts, key=lambda text: (-len(text), text))
    return "|".join("[0-9]+".join(map(re.escape, text.split(NUMBER))) for text in longest_first)
