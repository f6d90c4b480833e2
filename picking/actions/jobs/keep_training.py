"""Keep training while people label: when a project trains by itself (docs/decisions/0014-keep-training.md).

`Project.untrained_since` and `changed_at` say from when to when people changed what no training has read yet.
"""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from picking.actions.jobs import jobs
from picking.actions.jobs.trainings import start_training
from picking.actions.locked_project import locked_project
from picking.models import Job, Project
from picking.refusals import Refused

QUIET = timedelta(seconds=4)
"""A training waits until nobody has changed anything for this long."""
AT_LATEST = timedelta(seconds=30)
"""It does not wait longer than this after the first change."""


def note_change(project: Project) -> None:
    """Remembers that what the locked project's networks learn from has changed. Saved with its events."""
    project.changed_at = timezone.now()
    project.untrained_since = project.untrained_since or project.changed_at


def take_changes(claimed: jobs.Claim) -> None:
    """A training is about to read all that was changed up to now; later changes ask for another."""
    with jobs.fenced(claimed) as (project, _):
        jobs.forget_changes(project)


def train_where_due() -> int:
    """Queues the trainings that are due, and returns how many. Any number of processes may call it at once."""
    return sum(_train_if_due(project) for project in _due().values_list("pk", flat=True))


def _due() -> QuerySet[Project]:
    """Projects that keep training, whose people have paused or gone on for long. No training is running."""
    now = timezone.now()
    training = Job.objects.filter(kind=Job.Kind.TRAIN, status__in=jobs.ACTIVE).values("project")
    time_has_come = Q(changed_at__lte=now - QUIET) | Q(untrained_since__lte=now - AT_LATEST)
    kept = Project.objects.filter(time_has_come, keep_training=True, archived_at=None, untrained_since__isnull=False)
    return kept.exclude(pk__in=training)


def _train_if_due(project_id: int) -> bool:
    """Asks again under the project's lock: of several callers one queues the training."""
    with locked_project(project_id) as project:
        if not _due().filter(pk=project_id).exists():
            return False
        try:
            start_training(project_id, None)
        except Refused:
            jobs.forget_changes(project)
            return False
    return True
