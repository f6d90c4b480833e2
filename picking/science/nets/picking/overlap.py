"""Several micrographs at once: while one is read, others are filtered, scored and searched for peaks."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import torch

Item = TypeVar("Item")
Answer = TypeVar("Answer")

PIXELS_AT_ONCE = 2**26
"""Four micrographs of 4096 × 4096, or one of 8192 × 8192: limits the memory used at once."""
READERS = 8
"""The most threads that feed a graphics card: each reads and filters a micrograph in a tenth of a second."""


def at_once(device: torch.device, pixels: int) -> int:
    """How many micrographs of so many pixels are worked on at the same time.

    On the CPU, one per torch thread: two micrographs with a thread each are faster than one with two
    (docs/benchmarks.md).
    """
    threads = torch.get_num_threads() if device.type == "cpu" else min(os.cpu_count() or 1, READERS)
    return max(1, min(threads, PIXELS_AT_ONCE // pixels))


def overlapped(
    work: Callable[[Item], Answer], items: Iterable[Item], many: int
) -> Iterator[tuple[Item, Future[Answer]]]:
    """Every item with its work, in their order, `many` at once. An item is drawn when a thread is free for it.

    The future raises what the work raised: one bad item does not stop the others. torch's threads are shared out.
    """
    threads = torch.get_num_threads()
    pool = ThreadPoolExecutor(many, initializer=torch.set_num_threads, initargs=(max(1, threads // many),))
    waiting: deque[tuple[Item, Future[Answer]]] = deque()
    try:
        for item in items:
            waiting.append((item, pool.submit(work, item)))
            if len(waiting) == many:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()
    finally:
        for _, answer in waiting:
            answer.cancel()
        pool.shutdown()
        torch.set_num_threads(threads)  # the pool's threads set it for those that start later
