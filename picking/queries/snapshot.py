"""The snapshot: a whole project at one sequence number."""

from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from picking import wire
from picking.models import Job, Label, Project, Region, User, Verdict
from picking.models.mark import Mark
from picking.queries.micrographs import micrograph_wires
from picking.queries.trainings import light
from picking.science.formats import FORMATS
from picking.science.imaging.file_name import EXTENSIONS


@transaction.atomic
def snapshot_of(project_id: int, user: User) -> dict[str, Any]:
    """All that a browser needs to open a project, as it stands at one sequence number."""
    project = Project.objects.select_for_update().get(pk=project_id)
    membership = project.memberships.select_related("user").get(user=user)
    return {
        "sequence": project.sequence,
        "you": wire.member_wire(membership),
        "project": wire.project_wire(project),
        "members": [wire.member_wire(m) for m in project.memberships.select_related("user")],
        "micrographs": micrograph_wires(project),
        "labels": _mark_rows(Label, project, wire.LABEL_COLUMNS),
        "regions": _mark_rows(Region, project, wire.REGION_COLUMNS),
        "verdicts": _mark_rows(Verdict, project, wire.VERDICT_COLUMNS),
        "trainings": [wire.training_wire(x) for x in light(project.trainings.all())],
        "jobs": [wire.job_wire(job, with_losses=True) for job in shown_jobs(project)],
        "extensions": EXTENSIONS,
        "formats": [{"key": key, "title": each.title} for key, each in FORMATS.items()],
    }


def shown_jobs(project: Project) -> QuerySet[Job]:
    """What people see of the background: work under way, failures not yet read, and the last training."""
    last_training = project.jobs.filter(kind=Job.Kind.TRAIN).aggregate(last=Max("pk"))["last"]
    under_way = Q(status__in=[Job.Status.QUEUED, Job.Status.RUNNING])
    unread = Q(status=Job.Status.FAILED, dismissed=False)
    return project.jobs.filter(under_way | unread | Q(pk=last_training))


def _mark_rows(model: type[Mark], project: Project, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """The marks of a project, as rows: objects of 50,000 of them would take most of a second."""
    marks = model._default_manager.filter(micrograph__project=project)
    return [wire.mark_row(values) for values in marks.values_list(*columns)]
