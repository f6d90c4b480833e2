"""The files of all projects: into a backup, and out of one."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from picking.backups.manifest import KeptFile, Manifest
from picking.backups.progress import Progress
from picking.refusals import Refused

PARTS = ("projects", "uploads")
"""The folders of CRYOWEB_DATA whose files rows name (picking/storage.py)."""
UNFINISHED = ".unfinished"
"""Ends the names of files and folders that no row names yet."""
GROWING = ".part"
"""Ends the names of uploads, which are written in place: a second name of such a file would change with it."""


class Copier:
    """Takes files into the folder of a backup. Files are never changed in place, but replaced, so that links do.

    `before`: an earlier backup and its folder. What did not change since is linked from there, where that is possible.
    """

    def __init__(self, data: Path, folder: Path, before: tuple[Path, Manifest] | None, progress: Progress) -> None:
        self._data, self._folder, self._before, self._progress = data, folder, before, progress
        self.kept: dict[str, KeptFile] = {}

    def take(self) -> int:
        """Takes what is new or has changed since the last call; returns how many files. What has gone since stays."""
        return sum(self._take_one(name) for name in _names(self._data))

    def _take_one(self, name: str) -> bool:
        source = self._data / name
        try:
            stat = source.stat()
            looks = (stat.st_size, stat.st_mtime_ns)
            if (kept := self.kept.get(name)) and (kept.size, kept.modified) == looks:
                return False
            self.kept[name] = self._from_before(name, looks) or self._copied(source, name)
        except FileNotFoundError:
            return False  # it was thrown away meanwhile
        self._progress.add(self.kept[name].size)
        return True

    def _from_before(self, name: str, looks: tuple[int, int]) -> KeptFile | None:
        if self._before is None:
            return None
        folder, manifest = self._before
        kept = manifest.files.get(name)
        if kept is None or (kept.size, kept.modified) != looks:
            return None
        target = self._target(name)
        try:
            os.link(folder / name, target)
        except OSError:
            return None
        return kept

    def _copied(self, source: Path, name: str) -> KeptFile:
        target = self._target(name)
        if name.endswith(GROWING):
            shutil.copy2(source, target)
        else:
            _link_or_copy(source, target)
        stat = target.stat()
        return KeptFile(stat.st_size, stat.st_mtime_ns, sha256_of(target))

    def _target(self, name: str) -> Path:
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        return target


def _link_or_copy(source: Path, target: Path) -> None:
    """With the time of the original, unlike `picking.files.link_or_copy`: the next backup compares it."""
    try:
        os.link(source, target)
    except OSError:  # another disk, or a file system without links
        shutil.copy2(source, target)


def sha256_of(path: Path) -> str:
    """In hexadecimal, as sha256sum writes it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(folder: Path, name: str, kept: KeptFile) -> None:
    """Raises Refused where a file of a backup is not as it was when the backup was made."""
    path = folder / name
    try:
        same = path.stat().st_size == kept.size and sha256_of(path) == kept.sha256
        what = "has another content than when the backup was made"
    except FileNotFoundError:
        same, what = False, "is missing"
    except OSError as error:
        same, what = False, f"cannot be read ({error.strerror})"
    if not same:
        raise Refused(f"This backup is damaged: {name} {what}. Use another backup. Nothing was changed here.")


def copy_out(folder: Path, manifest: Manifest, target: Path, progress: Progress) -> None:
    """Copies the projects' files into `target`, and checks each copy. Raises Refused for a damaged backup."""
    for name, kept in manifest.files.items():
        if not _is_within(name):
            raise Refused(f"This backup is damaged: it has a file {name}, which belongs to no project.")
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # which the check says
            shutil.copy2(folder / name, copy)
        check(target, name, kept)
        progress.add(kept.size)


def _is_within(name: str) -> bool:
    parts = Path(name).parts
    return parts[0] in PARTS and ".." not in parts


def _names(data: Path) -> Iterator[str]:
    """Paths below the data folder of all files that rows may name."""
    for part in PARTS:
        for folder, folders, files in os.walk(data / part):
            folders[:] = [name for name in folders if not name.endswith(UNFINISHED)]
            yield from (str(Path(folder, name).relative_to(data)) for name in files if not name.endswith(UNFINISHED))
