"""A token bucket: how often something may happen."""

import time


class Bucket:
    """Holds `most` tokens and gets `rate` of them a second; it is full at first."""

    def __init__(self, rate: float, most: float) -> None:
        self._rate, self._most = rate, most
        self._tokens, self._at = most, time.monotonic()

    def take(self) -> bool:
        """Whether there was a token left."""
        now = time.monotonic()
        self._tokens = min(self._most, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
