"""Rows that name files of CRYOWEB_DATA by their whole path, after the folder was moved."""

from pathlib import Path

from picking.models import Job


def point_to(old: Path, new: Path) -> int:
    """Corrects the uploaded files that wait for their import, and returns how many. No other row names such a path."""
    waiting = [
        job
        for job in Job.objects.filter(kind=Job.Kind.IMPORT, in_place=False, ended_at=None)
        if Path(job.source).is_relative_to(old) and old != new
    ]
    for job in waiting:
        job.source = str(new / Path(job.source).relative_to(old))
    Job.objects.bulk_update(waiting, ["source"], batch_size=500)
    return len(waiting)
