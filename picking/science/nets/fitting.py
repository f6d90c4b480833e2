"""What fits into a graphics card: when its memory is full, the work is done in smaller parts, then on the CPU."""

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

import torch

from picking.science.nets.picking.score import STRIP_PIXELS

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")
LEAST_STRIP = STRIP_PIXELS // 16
SMALLER = "The graphics card’s memory is full: continuing in smaller parts."
ON_CPU = "The graphics card’s memory is full: continuing on the processor, which takes longer."


class DeviceMemory:
    """Where one job computes, and how many pixels at once. It never grows again within the job.

    in_parts: whether smaller strips help. Where they do not, the CPU comes next.
    """

    def __init__(self, device: torch.device, in_parts: bool = True) -> None:
        self.device, self.strip = device, STRIP_PIXELS
        self._said = ""
        self._in_parts = in_parts
        self._changing = threading.Lock()

    def fitted(self, work: Callable[[torch.device, int], Answer]) -> Answer:
        """What `work` answers to the device and the pixels of a strip, begun again with less until it fits.

        Any number of threads may call it. Raises what the work raises, on the CPU a lack of memory as well.
        """
        while True:
            device, strip = self.device, self.strip
            try:
                return work(device, strip)
            except RuntimeError as error:
                if device.type == "cpu" or not _out_of_memory(error):
                    raise
            self._take_less(device, strip)  # not before the error has let go of the tensors it held

    def told(self, message: str) -> str:
        """A job's message, and what became of the memory."""
        return f"{message}. {self._said}" if self._said else message

    def _take_less(self, device: torch.device, strip: int) -> None:
        with self._changing:
            if (device, strip) != (self.device, self.strip):
                return  # another thread was first
            if device.type == "cuda" and torch.cuda.is_available():
                torch.cuda.empty_cache()
            if self._in_parts and strip > LEAST_STRIP:
                self.strip, self._said = strip // 4, SMALLER
            else:
                self.device, self._said = torch.device("cpu"), ON_CPU
        log.warning("%s (%s pixels at once on %s)", self._said, self.strip, self.device)


def _out_of_memory(error: RuntimeError) -> bool:
    return isinstance(error, torch.OutOfMemoryError) or "MPS backend out of memory" in str(error)
