"""What every list of micrographs gives, whichever program wrote it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from picking.science.imaging.ctf import CtfValues

MOST_BYTES = 512 * 1024**2
"""Of a list: a million micrographs take about 300 MB."""

Opened = Callable[[Path], AbstractContextManager[Path]]
"""Yields the path to read a file by, or raises OSError where the file may not be read."""


class UnreadableList(Exception):
    """A file that is no list of micrographs, or one that cannot be used. The message is for people."""


@dataclass(frozen=True, slots=True)
class ListedMicrograph:
    """A row of a list.

    `path`: as written, and so below the folder of the program's project unless it begins with `/`. `undosed`: the same
    of its sum without dose weighting. `optics_group`: RELION's name of it. `uid`: cryoSPARC's number. `pixel_size`: Å,
    of the micrograph. Empty or None where the list says nothing.
    """

    path: str
    undosed: str = ""
    optics_group: str = ""
    uid: str = ""
    pixel_size: float | None = None
    ctf: CtfValues | None = None

    def to_json(self) -> dict[str, Any]:
        """As a database keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "ListedMicrograph":
        """What `to_json` made."""
        ctf = kept.get("ctf")
        return cls(**{**kept, "ctf": CtfValues(**ctf) if ctf else None})


@dataclass(frozen=True)
class MicrographList:
    """`program`: which wrote it. `no_ctf`: path as written -> why its CTF values, not the micrograph, are left out."""

    program: str
    micrographs: Sequence[ListedMicrograph]
    no_ctf: dict[str, str] = field(default_factory=dict)
