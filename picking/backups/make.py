"""Makes a backup while CryoWeb runs."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from picking.backups import database
from picking.backups.files import UNFINISHED, Copier, sha256_of
from picking.backups.manifest import NAME, KeptFile, Manifest, read_manifest, write_manifest
from picking.backups.progress import Progress
from picking.refusals import Refused
from picking.version import program


def make_backup(place: Path, tell: Callable[[str], object]) -> tuple[Path, Manifest]:
    """Writes a backup into a new folder in `place`, named by the time. Raises Refused, and OSError for a full disk.

    Files are taken before the database and again after it. A file is there before its row is, and goes after it: so
    every file that a row of that moment names was there in one of the two passes, unless it was made and thrown away
    while the backup ran.
    """
    database.require_programs()
    data = Path(settings.CRYOWEB_DATA)
    if place.resolve().is_relative_to(data / "projects") or place.resolve().is_relative_to(data / "uploads"):
        raise Refused(f"{place} is within the data to be kept. Choose another folder, best on another disk.")
    now = timezone.now()
    folder = place / f"cryoweb-{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03}Z"
    unfinished = folder.with_name(folder.name + UNFINISHED)
    before = newest(place)
    if before:
        tell(f"Files that have not changed since {before[0].name} are taken from there.")
    try:
        place.mkdir(parents=True, exist_ok=True)
        unfinished.mkdir(mode=0o700)  # it holds what passwords are checked against
        progress = Progress(tell)
        copier = Copier(data, unfinished, before, progress)
        tell("Files …")
        copier.take()
        tell("Database …")
        migrations = database.applied_migrations()
        name = database.dump(unfinished)
        tell("Files that came meanwhile …")
        copier.take()
        progress.tell()
        stat = (unfinished / name).stat()
        manifest = Manifest(
            program=program(),
            created_at=now.isoformat(),
            engine=database.engine(),
            migrations=migrations,
            data_folder=str(data),
            database={name: KeptFile(stat.st_size, stat.st_mtime_ns, sha256_of(unfinished / name))},
            files=copier.kept,
        )
        write_manifest(unfinished, manifest)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder, manifest


def newest(place: Path) -> tuple[Path, Manifest] | None:
    """The last whole backup there, whose names sort by time; None where there is none."""
    for folder in sorted((path.parent for path in place.glob(f"cryoweb-*/{NAME}")), reverse=True):
        if folder.suffix == UNFINISHED:
            continue
        try:
            return folder, read_manifest(folder)
        except Refused:
            continue
    return None
