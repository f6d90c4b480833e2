"""How much room the files of a project take: who measures it when, and what came of it."""

from datetime import timedelta

from django.utils import timezone

from picking.models import DiskUse, Project

MEASURED_EVERY = timedelta(minutes=30)


def claim_measurement() -> int | None:
    """The id of a project that is due, for the one caller that gets it. Also deleted ones: their files are there."""
    now = timezone.now()
    new = Project.including_deleted.filter(disk_use=None).order_by("pk").first()
    if new is not None:
        _, mine = DiskUse.objects.get_or_create(project=new, defaults={"measured_at": now})
        return new.pk if mine else None
    due = DiskUse.objects.filter(measured_at__lt=now - MEASURED_EVERY).order_by("measured_at").first()
    if due is None:
        return None
    mine = DiskUse.objects.filter(pk=due.pk, measured_at=due.measured_at).update(measured_at=now) > 0
    return due.project_id if mine else None


def note_disk_use(project_id: int, size: int, files: int) -> None:
    """`size`: bytes."""
    DiskUse.objects.filter(project=project_id).update(size=size, files=files)
