"""The devices of this machine that networks run on, and how full their memory is."""

import os
import platform
from pathlib import Path
from typing import TypedDict

import torch


class Device(TypedDict):
    """`kind`: cuda, mps or cpu. `used` and `total`: bytes of memory, by all programs; of MPS by this one."""

    kind: str
    name: str
    used: int
    total: int


def devices() -> list[Device]:
    """The graphics cards that this process may use; where there is none, the processor."""
    if torch.cuda.is_available():
        return [_card(number) for number in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        used, total = torch.mps.driver_allocated_memory(), torch.mps.recommended_max_memory()
        return [Device(kind="mps", name=processor(), used=used, total=total)]
    return [Device(kind="cpu", name=processor(), **_memory())]


def _card(number: int) -> Device:
    free, total = torch.cuda.mem_get_info(number)
    return Device(kind="cuda", name=torch.cuda.get_device_name(number), used=total - free, total=total)


def processor() -> str:
    """As the system names it, such as Intel(R) Xeon(R) Gold 6330 CPU @ 2.00GHz."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


class _Memory(TypedDict):
    used: int
    total: int


def _memory() -> _Memory:
    """Of the machine; zeros where the system does not tell."""
    try:
        lines = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
        total, free = (int(lines[key].split()[0]) * 1024 for key in ("MemTotal", "MemAvailable"))
    except (OSError, KeyError, ValueError):
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
        return _Memory(used=0, total=total)
    return _Memory(used=total - free, total=total)
