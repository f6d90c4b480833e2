"""How far something is: a bar on a terminal, now and then a line elsewhere."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

WIDTH = 30
LINE_EVERY_SECONDS = 10.0


@dataclass(frozen=True)
class Progress:
    """`done` of `total`; 0 of 0 before that is known."""

    what: str
    done: int = 0
    total: int = 0


Report = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """Says nothing."""


def bar(stream: TextIO | None = None) -> Report:
    """Draws a bar that moves on a terminal; in a file or a pipe each new step is a line, and one in ten seconds."""
    stream = stream or sys.stderr
    return _Bar(stream) if stream.isatty() else _Lines(stream)


class _Bar:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._what = ""

    def __call__(self, progress: Progress) -> None:
        if self._what and progress.what != self._what:
            self._stream.write("\n")
        self._what = progress.what
        share = progress.done / progress.total if progress.total else 0.0
        filled = "█" * round(share * WIDTH)
        count = f" {progress.done}/{progress.total}" if progress.total else ""
        self._stream.write(f"\r\033[K{progress.what} {filled:░<{WIDTH}}{count}")
        if progress.total and progress.done >= progress.total:
            self._stream.write("\n")
            self._what = ""
        self._stream.flush()


class _Lines:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._what = ""
        self._told = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.what == self._what and now - self._told < LINE_EVERY_SECONDS:
            return
        self._what, self._told = progress.what, now
        count = f": {progress.done} of {progress.total}" if progress.total else ""
        print(progress.what + count, file=self._stream, flush=True)
