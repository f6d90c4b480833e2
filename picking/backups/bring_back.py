"""Brings a backup back into an installation that does not run."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from picking import room
from picking.actions.micrographs.moved_data import point_to
from picking.backups import database
from picking.backups.files import PARTS, check, copy_out
from picking.backups.manifest import Manifest, read_manifest
from picking.backups.progress import Progress
from picking.models import Project, User
from picking.refusals import Refused

STAGED = "restoring"
"""The folder of CRYOWEB_DATA in which files wait until all of them are there and whole."""


def check_backup(folder: Path, tell: Callable[[str], object]) -> Manifest:
    """Reads all of a backup. Raises Refused where it is damaged, or of a newer CryoWeb."""
    manifest = read_manifest(folder)
    progress = Progress(tell, manifest.size)
    for name, kept in manifest.everything.items():
        check(folder, name, kept)
        progress.add(kept.size)
    return manifest


def require_fit(manifest: Manifest) -> None:
    """Raises Refused where this installation cannot take the backup."""
    if unknown := sorted(set(manifest.migrations) - database.known_migrations()):
        raise Refused(
            f"This backup was made by a newer CryoWeb ({manifest.program}): it has {unknown[-1]}, which this one does "
            "not know. Install that version or a later one, and restore again."
        )
    if manifest.engine != database.engine():
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        other = {"sqlite": "Unset CRYOWEB_DATABASE_URL", "postgresql": "Set CRYOWEB_DATABASE_URL to an empty database"}
        raise Refused(
            f"This backup has the database of {names[manifest.engine]}, and this installation uses "
            f"{names[database.engine()]}. {other[manifest.engine]}, and restore again."
        )
    database.require_programs()
    free, needed = room.free_bytes(), manifest.size
    if needed > free:
        raise Refused(f"The backup takes {room.said(needed)}, and only {room.said(free)} are free on the data's disk.")
    if database.in_use():
        raise Refused("Other programs are connected to the database. Stop CryoWeb and its workers, and restore again.")


def what_is_there() -> str:
    """What a restoration would replace, in words; empty where nothing is there."""
    data = Path(settings.CRYOWEB_DATA)
    people = projects = 0
    if {User._meta.db_table, Project._meta.db_table} <= set(database.tables()):
        people, projects = User.objects.count(), Project.including_deleted.count()
    files = any(path.is_file() for part in PARTS for path in (data / part).rglob("*"))
    if not (people or projects or files):
        return ""
    return f"{projects} projects and {people} accounts, and the files in {data}"


def bring_back(folder: Path, manifest: Manifest, tell: Callable[[str], object]) -> None:
    """Replaces database and files by those of a backup that fits. Raises Refused; the database is then as it was.

    The files are copied and checked before anything is replaced. Then the database is replaced in one transaction.
    """
    data = Path(settings.CRYOWEB_DATA)
    staged = data / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    try:
        for part in PARTS:
            (staged / part).mkdir(parents=True)
        tell("Files …")
        progress = Progress(tell, manifest.size)
        for name, kept in manifest.database.items():
            check(folder, name, kept)
            progress.add(kept.size)
        copy_out(folder, manifest, staged, progress)
        progress.tell()
        tell("Database …")
        database.load(folder / next(iter(manifest.database)))
        for part in PARTS:
            old = data / f"{part}.replaced"
            shutil.rmtree(old, ignore_errors=True)
            if (data / part).exists():
                (data / part).rename(old)
            (staged / part).rename(data / part)
            shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    call_command("migrate", verbosity=0)
    point_to(Path(manifest.data_folder), data)
