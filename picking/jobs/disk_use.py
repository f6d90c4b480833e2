"""Measure now and then how much room the files of each project take, in a thread of a worker."""

import os
from pathlib import Path

from picking.actions.jobs.disk_use import claim_measurement, note_disk_use
from picking.storage import project_folder


def measure_due() -> int:
    """Measures the projects that are due, one after another. Returns 0: there is nothing to log."""
    while (project := claim_measurement()) is not None:
        note_disk_use(project, *size_of(project_folder(project)))
    return 0


def size_of(folder: Path) -> tuple[int, int]:
    """Bytes and number of the files below a folder. What vanishes meanwhile is not counted; links are not followed."""
    size = files = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                size += os.stat(os.path.join(place, name), follow_symlinks=False).st_size  # noqa: PTH116, PTH118 - many
            except OSError:
                continue
            files += 1
    return size, files
