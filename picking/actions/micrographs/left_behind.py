"""Files that a killed process, or a removed account, left where no row knows them."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from picking import storage
from picking.models import Averages, CoordinateImport, Export, Job, Micrograph, NamedSnapshot, Project, Upload

LEFT_AFTER_SECONDS = 24 * 3600
"""Nothing that is being written stays unchanged for so long before its row is there."""


def clear_left_behind() -> int:
    """Deletes them, and returns how many there were."""
    count = 0
    for path in _unknown():
        if _unchanged(path):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
            count += 1
    return count


def _unknown() -> Iterator[Path]:
    data = Path(settings.CRYOWEB_DATA)
    for part in (data / "uploads", data / "projects"):
        known = _of_uploads() if part.name == "uploads" else _of_projects()
        for pattern, named in known.items():
            yield from (path for path in part.glob(pattern) if path not in named)


def _of_uploads() -> dict[str, set[Path]]:
    """What may lie in the folder of uploads, by its pattern, and what of it a row names."""
    waiting = Job.objects.filter(kind=Job.Kind.IMPORT, in_place=False, ended_at=None)
    drafts = CoordinateImport.objects.values_list("pk", flat=True)
    return {
        "*.part": {storage.upload_path(upload) for upload in Upload.objects.all()},
        "coordinates/*": set(map(storage.coordinates_folder, drafts)),
        "whole/*": set(map(Path, waiting.values_list("source", flat=True))),
    }


def _of_projects() -> dict[str, set[Path]]:
    """The same of the folders of projects. What is unfinished has no row."""
    keys = Micrograph.including_deleted.values_list("project", "key")
    exports = [storage.export_path(row) for row in Export.objects.exclude(stored_as="")]
    return {
        "*": {storage.project_folder(pk) for pk in Project.including_deleted.values_list("pk", flat=True)},
        "*/micrographs/*": {storage.micrograph_folder(*of) for of in keys},
        "*/exports/*": {*exports, *map(storage.places_path, exports)},
        "*/snapshots/*": {storage.named_snapshot_path(row) for row in NamedSnapshot.objects.exclude(stored_as="")},
        "*/averages/*": {storage.averages_folder(row) for row in Averages.objects.all()},
        "*/averages/*/*.unfinished": set(),
        "*/micrographs/*/*.unfinished": set(),
        "*/trainings/*.unfinished": set(),
    }


def _unchanged(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time.time() - LEFT_AFTER_SECONDS
    except FileNotFoundError:
        return False
