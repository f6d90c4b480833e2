"""A graphics card whose memory is full: smaller parts, then the CPU."""

from collections.abc import Callable

import pytest
import torch

from picking.science.nets.fitting import ON_CPU, SMALLER, DeviceMemory
from picking.science.nets.picking.score import STRIP_PIXELS

CARD = torch.device("cuda")


def full_above(pixels: int) -> Callable[[torch.device, int], tuple[str, int]]:
    """Work that needs as much memory of the card as a strip has pixels."""

    def work(device: torch.device, strip: int) -> tuple[str, int]:
        if device.type == "cuda" and strip > pixels:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        return device.type, strip

    return work


@pytest.mark.parametrize(
    ("room", "done", "said"),
    [
        (STRIP_PIXELS, ("cuda", STRIP_PIXELS), ""),
        (STRIP_PIXELS // 4, ("cuda", STRIP_PIXELS // 4), f". {SMALLER}"),
        (0, ("cpu", STRIP_PIXELS // 16), f". {ON_CPU}"),
    ],
)
def test_work_that_does_not_fit_is_done_in_smaller_parts_and_then_on_the_cpu(
    room: int, done: tuple[str, int], said: str
) -> None:
    memory = DeviceMemory(CARD)
    assert memory.fitted(full_above(room)) == done
    assert memory.told("Picking") == f"Picking{said}"


def test_work_that_has_no_parts_goes_on_on_the_cpu_at_once() -> None:
    assert DeviceMemory(CARD, in_parts=False).fitted(full_above(0)) == ("cpu", STRIP_PIXELS)


def test_what_fitted_once_is_not_tried_larger_again() -> None:
    memory = DeviceMemory(CARD)
    memory.fitted(full_above(STRIP_PIXELS // 4))
    assert memory.fitted(full_above(STRIP_PIXELS)) == ("cuda", STRIP_PIXELS // 4)


def test_other_errors_and_those_of_the_cpu_are_raised() -> None:
    def fail(device: torch.device, strip: int) -> None:
        raise RuntimeError("CUDA error: device-side assert triggered")

    with pytest.raises(RuntimeError, match="assert"):
        DeviceMemory(CARD).fitted(fail)

    def fill(device: torch.device, strip: int) -> None:
        raise torch.OutOfMemoryError("out of memory")

    with pytest.raises(torch.OutOfMemoryError):
        DeviceMemory(torch.device("cpu")).fitted(fill)
