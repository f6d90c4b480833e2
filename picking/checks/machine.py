"""The machine that this runs on: for `manage.py doctor`, which is run on each. Paths may be named here."""

import os
import re
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from picking import room
from picking.checks.check import Check, Found, ok, problem, warning
from picking.checks.ready import FREE_SOME, MAKE_WRITABLE

APART_SECONDS = 2.0
"""More than that, and leases of jobs (20 s) and ages of files are off."""
PYTHON = ((3, 11), (3, 13))
PINNED = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w,]+\])?==(?P<version>\S+)")
SET_THE_CLOCK = "Let the machines set their clocks by the network: timedatectl set-ntp true."


def _free_disk() -> Found:
    free = room.free_bytes()
    said = f"{room.said(free)} free in {settings.CRYOWEB_DATA}"
    return ok(said) if free >= room.LITTLE_BYTES else warning(f"only {said}", FREE_SOME)


def _permissions() -> Found:
    """The data folder is ours, its key is for nobody else, and the data roots can be read."""
    data = Path(settings.CRYOWEB_DATA)
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        return problem(f"{data} cannot be read and written by this user", MAKE_WRITABLE)
    key = data / "secret_key"
    if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        return problem(f"{key} can be read by others, who can then sign in as anybody", f"Run chmod 600 {key}.")
    unread = [str(root) for root in settings.CRYOWEB_DATA_ROOTS if not os.access(root, os.R_OK | os.X_OK)]
    if unread:
        how = "Mount them here and let the user that CryoWeb runs as read them, or take them out of CRYOWEB_DATA_ROOTS."
        return warning(f"data roots that cannot be read: {', '.join(unread)}", how)
    return ok()


def _clock() -> Found:
    """Beside those of the database and of the disk, which may be on other machines."""
    apart = dict(_clocks())
    off = [f"{name} by {seconds:.0f} s" for name, seconds in apart.items() if abs(seconds) > APART_SECONDS]
    if off:
        return problem(f"this clock differs from that of the {' and of the '.join(off)}", SET_THE_CLOCK)
    return ok(f"as those of the {' and the '.join(apart)}")


def _clocks() -> Iterator[tuple[str, float]]:
    """How many seconds each clock is ahead of this one."""
    with tempfile.NamedTemporaryFile(dir=settings.CRYOWEB_DATA) as file:
        file.write(b"now")
        file.flush()
        yield "disk", Path(file.name).stat().st_mtime - time.time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            yield "database", (cursor.fetchone()[0] - timezone.now()).total_seconds()


def _graphics_card() -> Found:
    from picking.science.nets.memory import devices

    found = devices()
    said = ", ".join(f"{each['name']} ({room.said(each['total'] - each['used'])} free)" for each in found)
    if found[0]["kind"] != "cpu":
        return ok(f"{found[0]['kind'].upper()}: {said}")
    if any(Path("/dev").glob("nvidia[0-9]*")):
        how = "Run nvidia-smi; update the driver, or install a build of PyTorch for its CUDA version."
        return problem("there is an NVIDIA card, and PyTorch cannot use it", how)
    return ok(f"none; networks run on the processor: {said}")


def _versions() -> Found:
    """Python, and the packages as they are pinned."""
    if not PYTHON[0] <= sys.version_info[:2] <= PYTHON[1]:
        return problem(f"Python {sys.version.split()[0]} is not supported", "Use Python 3.11, 3.12 or 3.13.")
    other = [
        f"{name} {have or 'missing'} (wanted: {want})" for name, want in _pinned() if (have := _installed(name)) != want
    ]
    if other:
        said = f"packages differ from those that were tested: {', '.join(other)}"
        return warning(said, "Run pip install -r requirements.txt.")
    return ok()


def _pinned() -> Iterator[tuple[str, str]]:
    with suppress(FileNotFoundError):  # an installation without it
        lines = (Path(settings.FRONTEND_DIST).parent.parent / "requirements.txt").read_text().splitlines()
        for line in lines:
            if found := PINNED.fullmatch(line.strip()):
                yield found["name"], found["version"]


def _installed(name: str) -> str:
    """Without what a build adds, as +cu128."""
    try:
        return version(name).partition("+")[0]
    except PackageNotFoundError:
        return ""


MACHINE = (
    Check("free disk", _free_disk, MAKE_WRITABLE),
    Check("permissions", _permissions, MAKE_WRITABLE),
    Check("clock", _clock, SET_THE_CLOCK),
    Check("graphics card", _graphics_card, "Install the packages again: pip install -r requirements.txt."),
    Check("versions", _versions),
)
