"""Keep checkpoints, so that looking back into a long history takes no longer than into a short one."""

from picking.models import Checkpoint, Project
from picking.queries.past.past import replayed

EVERY = 20_000
"""Events between two checkpoints, at least; where more marks are held, as many as these. So a replay reads no more
events than it holds marks, or than this, and all checkpoints together hold no more marks than there were events."""


def keep_checkpoints(every: int = EVERY) -> int:
    """Keeps those that are due, of all projects, and returns how many."""
    return sum(_keep(project, every) for project in Project.objects.filter(sequence__gte=every))


def _keep(project: Project, every: int) -> int:
    last = project.checkpoints.last()
    kept = 0
    while project.sequence >= (due := _after(last, every)):
        marks = replayed(project, due)
        last = Checkpoint(project=project, sequence=due, count=marks.count, marks=marks.packed())
        Checkpoint.objects.bulk_create([last], ignore_conflicts=True)  # another worker may have been first
        kept += 1
    return kept


def _after(last: Checkpoint | None, every: int) -> int:
    return last.sequence + max(every, last.count) if last else every
