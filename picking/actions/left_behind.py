"""Files that a killed process, or a removed account, left where no row knows them."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from picking import storage
from picking.models import Averages, CoordinateImport, Job, Upload

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
    uploads = Path(settings.CRYOWEB_DATA) / "uploads"
    parts = {storage.upload_path(upload) for upload in Upload.objects.all()}
    drafts = {storage.coordinates_folder(pk) for pk in CoordinateImport.objects.values_list("pk", flat=True)}
    waiting = Job.objects.filter(kind=Job.Kind.IMPORT, in_place=False, ended_at=None)
    whole = set(map(Path, waiting.values_list("source", flat=True)))
    for pattern, known in (("*.part", parts), ("coordinates/*", drafts), ("whole/*", whole)):
        yield from (path for path in uploads.glob(pattern) if path not in known)
    projects = Path(settings.CRYOWEB_DATA) / "projects"
    yield from projects.glob("*/micrographs/*.unfinished")
    averages = {storage.averages_folder(row) for row in Averages.objects.all()}
    yield from (path for path in projects.glob("*/averages/*") if path not in averages)
    yield from projects.glob("*/averages/*/*.unfinished")


def _unchanged(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time.time() - LEFT_AFTER_SECONDS
    except FileNotFoundError:
        return False
