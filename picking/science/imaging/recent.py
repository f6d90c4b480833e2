"""Recent: caches the latest arrays of a function, as many as fit into a number of bytes."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, ParamSpec

import numpy as np
from numpy.typing import NDArray

Given = ParamSpec("Given")
Array = NDArray[np.float32]


class Recent:
    """Like lru_cache, but limited by bytes: one array of a large micrograph equals a thousand of a small one."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes

    def __call__(self, make: Callable[Given, Array]) -> "Remembered[Given]":
        return Remembered(make, self._most)


class Remembered(Generic[Given]):
    """The function. Arguments must be hashable and positional; the array must not be changed."""

    def __init__(self, make: Callable[Given, Array], most_bytes: int) -> None:
        self._make, self._most = make, most_bytes
        self._kept: OrderedDict[tuple[Any, ...], Array] = OrderedDict()
        self._lock = Lock()

    def __call__(self, *given: Given.args, **named: Given.kwargs) -> Array:
        with self._lock:
            if given in self._kept:
                self._kept.move_to_end(given)
                return self._kept[given]
        made = self._make(*given, **named)
        with self._lock:
            self._kept[given] = made
            while self._kept and self.bytes > self._most:
                self._kept.popitem(last=False)
        return made

    @property
    def bytes(self) -> int:
        """What is cached now."""
        return sum(array.nbytes for array in self._kept.values())
