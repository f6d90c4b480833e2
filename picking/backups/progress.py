"""How far a long piece of work on files is, told now and then."""

import time
from collections.abc import Callable

from picking.room import said

EVERY_SECONDS = 5.0


class Progress:
    """Tells files and bytes every few seconds, and when asked to."""

    def __init__(self, tell: Callable[[str], object], total: int | None = None) -> None:
        self._tell, self._total = tell, total
        self._told = time.monotonic()
        self.files = self.size = 0

    def add(self, size: int) -> None:
        """One more file of so many bytes."""
        self.files += 1
        self.size += size
        if time.monotonic() - self._told >= EVERY_SECONDS:
            self.tell()

    def tell(self) -> None:
        """Says how far it is now."""
        self._told = time.monotonic()
        of = f" of {said(self._total)}" if self._total is not None else ""
        self._tell(f"  {self.files:,} files, {said(self.size)}{of}")
