"""The snapshot: a whole project at one sequence number."""

from typing import cast

import orjson
from django.db import transaction
from django.db.models import Max, Q, QuerySet

from picking import wire
from picking.models import Job, Project, User
from picking.models.marks import Mark
from picking.queries.micrographs.as_text import IdText, IsoTime, as_text
from picking.queries.micrographs.comments import comment_wires, reads_of
from picking.queries.micrographs.micrograph_list import micrograph_list
from picking.queries.micrographs.visible import visible
from picking.queries.projects.queue import assignments, last_seen
from picking.queries.projects.trainings import light
from picking.queries.projects.watched import watched_wires
from picking.science.extract.settings import STACKS
from picking.science.formats import FORMATS
from picking.science.imaging.file_name import EXTENSIONS
from picking.science.imaging.other_kinds import OTHER_KINDS
from picking.wire.columns import Columns, ColumnsOf
from picking.wire.snapshot import ExportFormatWire


@transaction.atomic
def snapshot_of(project_id: int, user: User) -> wire.SnapshotRowsWire:
    """All that a browser needs to open a project, as it stands at one sequence number.

    For orjson: its micrographs are written already.
    """
    project = Project.objects.select_for_update().get(pk=project_id)
    membership = project.memberships.select_related("user").filter(user=user).first()
    return {
        "sequence": project.sequence,
        "you": wire.member_wire(membership) if membership else wire.guest_wire(project.shared_links.get(guest=user)),
        "guest": membership is None,
        "project": wire.project_wire(project),
        "members": [wire.member_wire(m) for m in project.memberships.select_related("user")],
        "micrographs": cast(list[wire.MicrographWire], orjson.Fragment(micrograph_list(project))),
        "assignments": [wire.assignment_wire(x) for x in assignments(project)],
        "last_seen": [{"user": user, "at": at.isoformat()} for user, at in last_seen(project).items()],
        **marks_of(Q(micrograph__project=project), user.pk),
        "trainings": [wire.training_wire(x) for x in light(project.trainings.all())],
        "sources": [wire.source_wire(x) for x in project.sources.all()],
        "jobs": [wire.job_wire(job, with_losses=True) for job in shown_jobs(project)],
        "watched": watched_wires(project),
        "comments": comment_wires(project, user),
        "comments_read": reads_of(project, user),
        "extensions": list(EXTENSIONS),
        "other_kinds": OTHER_KINDS,
        "formats": [*map(_format, FORMATS), _STACKS],
    }


def _format(key: str) -> ExportFormatWire:
    each = FORMATS[key]
    return {
        "key": key,
        "program": each.program,
        "title": each.title,
        "after": each.after,
        "boxes": each.boxes,
        "read": True,
    }


_STACKS: ExportFormatWire = {
    "key": STACKS,
    "program": "RELION",
    "title": "RELION particle stacks (.mrcs and particles.star)",
    "after": "Unpack in the project folder; classify by CryoWeb/particles.star. The images are cut out here.",
    "boxes": True,
    "read": False,
}


def shown_jobs(project: Project) -> QuerySet[Job]:
    """What people see of the background: work under way, failures not yet read, and the last training."""
    last_training = project.jobs.filter(kind=Job.Kind.TRAIN).aggregate(last=Max("pk"))["last"]
    under_way = Q(status__in=[Job.Status.QUEUED, Job.Status.RUNNING])
    unread = Q(status=Job.Status.FAILED, dismissed=False)
    return project.jobs.filter(under_way | unread | Q(pk=last_training))


def marks_of(which: Q, reader: int | None) -> wire.MarkColumns:
    """Those of some marks that the reader sees, as columns: objects of 50,000 would take most of a second."""
    columns = {name: _columns(visible(kind, reader).filter(which), of) for name, (kind, of) in wire.COLUMNS.items()}
    return cast(wire.MarkColumns, columns)


def _columns(marks: QuerySet[Mark], columns: ColumnsOf) -> Columns:
    return columns.of(marks.values_list(*as_text(columns.names, id=IdText, created_at=IsoTime)))
