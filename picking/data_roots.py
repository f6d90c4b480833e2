"""The data roots: folders of this server whose files are used in place, who may use which, and opening files there.

Links are followed as long as they stay in the roots that a person may use. What counts is where an opened file lies:
anyone who can write to a root could replace a file by a link between a look at its path and the reading.
"""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from picking.models import User

OUTSIDE = "outside the allowed data roots"
LINKED_OUTSIDE = (
    f"a link to a file {OUTSIDE}: an administrator can add the folder it leads to to CRYOWEB_DATA_ROOTS, or import it "
    "with manage.py import_micrographs"
)
EVERYBODY = "*"
GROUP = "%"


class LeadsElsewhere(PermissionError):
    """What was opened is no file, or lies where it must not be read. `strerror` says which."""

    def __init__(self, words: str) -> None:
        super().__init__(errno.EACCES, words)


def roots_of(user: User | None) -> list[Path]:
    """The real folders that somebody may use: those given to them, to a group of theirs, or to everybody.

    Administrators may use all. None: an account that was deleted; it
    has what everybody has, as has one that was deactivated.
    """
    roots: dict[Path, list[str]] = settings.CRYOWEB_DATA_ROOTS
    if not roots:
        return []
    if user is not None and user.is_active and user.is_superuser:
        return [folder.resolve() for folder in roots]
    return [folder.resolve() for folder, given_to in roots.items() if not _names(user).isdisjoint(given_to)]


def given_to_nobody() -> list[Path]:
    """The folders that only administrators may use."""
    roots: dict[Path, list[str]] = settings.CRYOWEB_DATA_ROOTS
    return [folder for folder, given_to in roots.items() if not given_to]


def _names(user: User | None) -> set[str]:
    """The ways in which CRYOWEB_DATA_ROOTS can name somebody."""
    if user is None or not user.is_active:
        return {EVERYBODY}
    groups = user.groups.values_list("name", flat=True)
    return {EVERYBODY, user.username, *(GROUP + name for name in groups)}


def lies_under(path: Path, folders: Sequence[Path] | None) -> bool:
    """Whether a path, links resolved, is one of these folders or below one of them. None: anywhere will do."""
    if folders is None:
        return True
    real = path.resolve()
    return any(real.is_relative_to(folder) for folder in folders)


def leads_out(path: Path, folders: Sequence[Path] | None) -> bool:
    """Whether a path is a link out of these folders, whatever is there."""
    return path.is_symlink() and not lies_under(path, folders)


@contextmanager
def opened(path: Path, within: Sequence[Path] | None, known_at: str = "") -> Iterator[Path]:
    """Opens a file, and yields a path of that very file, whatever becomes of its own path meanwhile.

    What was opened must lie under one of `within` (None: anywhere), or at the real path `known_at`. Raises
    LeadsElsewhere where it does not, and for a pipe or a device; OSError.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe would keep it waiting
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise LeadsElsewhere("it is not a file")
        real, same = _whereabouts(path, descriptor)
        if str(real) != known_at and not lies_under(real, within):
            raise LeadsElsewhere(f"it is {LINKED_OUTSIDE}")
        yield same
    finally:
        os.close(descriptor)


def _whereabouts(path: Path, descriptor: int) -> tuple[Path, Path]:
    """The real path of an open file, and a path that stays with it.

    Linux tells both. Elsewhere the path is resolved, and whoever is quick can still exchange what it leads to.
    """
    same = Path(f"/proc/self/fd/{descriptor}")
    try:
        return same.readlink(), same
    except OSError:
        real = path.resolve()
        return real, real
