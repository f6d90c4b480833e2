"""How much a project may have, and how much it has (docs/settings.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from picking import storage
from picking.actions.locked_project import locked_project
from picking.files import size_of
from picking.models import Job, Project
from picking.refusals import Refused
from picking.room import said

MEASURED_EVERY = timedelta(minutes=10)
"""Of a project that changed since."""
PIXEL_BYTES = 3
"""A pixel takes four bytes in most files, and four thirds in the tiles."""


@dataclass(frozen=True)
class Use:
    """Bytes and micrographs of a project, with those on their way; None for no limit."""

    size: int
    micrographs: int
    most_size: int | None
    most_micrographs: int | None


def tiles_of(size: int) -> int:
    """What the tiles of a micrograph take, by the size of its file. Compressed files take more."""
    return size // PIXEL_BYTES


def with_tiles(size: int) -> int:
    """What an uploaded file takes."""
    return size + tiles_of(size)


def taken_by(source: Path, in_place: bool) -> int:
    """What a file that is to be imported takes; 0 where it is gone, as its import will say."""
    try:
        size = source.stat().st_size
    except OSError:
        return 0
    return tiles_of(size) if in_place else with_tiles(size)


def use_of(project: Project) -> Use:
    """What the project has now."""
    coming = project.uploads.aggregate(number=Count("pk"), size=Sum("size"))
    waiting = list(project.jobs.filter(kind=Job.Kind.IMPORT, ended_at=None).values_list("source", "in_place"))
    waiting_size = sum(taken_by(Path(source), in_place) for source, in_place in waiting)
    return Use(
        size=project.used_bytes + with_tiles(coming["size"] or 0) + waiting_size,
        micrographs=project.micrographs.count() + coming["number"] + len(waiting),
        most_size=_limit(project.quota_bytes, settings.CRYOWEB_PROJECT_BYTES),
        most_micrographs=_limit(project.quota_micrographs, settings.CRYOWEB_PROJECT_MICROGRAPHS),
    )


def require_within_quota(project: Project, sizes: Sequence[int]) -> None:
    """Raises Refused where new micrographs, each of so many bytes, are more than the locked project may have."""
    use = use_of(project)
    if use.most_micrographs is not None and sizes and use.micrographs + len(sizes) > use.most_micrographs:
        raise Refused(
            f"This project may have {use.most_micrographs:,} micrographs. It has {use.micrographs:,} with those on "
            f"their way, and {_more(len(sizes))}. Nothing was added: choose fewer, delete micrographs that you do not "
            "need, or ask an administrator for more."
        )
    if use.most_size is not None and sizes and use.size + sum(sizes) > use.most_size:
        raise Refused(
            f"This project may take {said(use.most_size)} on the server. It takes {said(use.size)} with what is on its "
            f"way, and this would take {said(sum(sizes))} more. Nothing was added: choose fewer, delete micrographs "
            "for good that you do not need, or ask an administrator for more."
        )


def add_used(project: Project, size: int) -> None:
    """Until it is measured again."""
    Project.objects.filter(pk=project.pk).update(used_bytes=F("used_bytes") + size)


def set_quota(project_id: int, size: int | None, micrographs: int | None) -> None:
    """Gives a project limits of its own: 0 for none, None for those of the installation."""
    with locked_project(project_id) as project:
        project.quota_bytes, project.quota_micrographs = size, micrographs
        project.save(update_fields=["quota_bytes", "quota_micrographs"])


def measure_projects() -> int:
    """Measures the files of projects that changed since the last time; returns how many. Each is for one worker."""
    before = timezone.now() - MEASURED_EVERY
    changed = Q(measured_at=None) | Q(measured_at__lt=before, updated_at__gt=F("measured_at"))
    count = 0
    for pk in Project.objects.filter(changed).values_list("pk", flat=True):
        if Project.objects.filter(changed, pk=pk).update(measured_at=timezone.now()):
            Project.objects.filter(pk=pk).update(used_bytes=size_of(storage.project_folder(pk)))
            count += 1
    return count


def _limit(own: int | None, of_all: int | None) -> int | None:
    return of_all if own is None else own or None


def _more(number: int) -> str:
    return "this is one more" if number == 1 else f"these are {number:,} more"
