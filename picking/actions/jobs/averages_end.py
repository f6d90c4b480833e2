"""How people are told of averages, and what becomes of these when their job ends.

Apart from the other actions on averages: jobs need it, and those need jobs.
"""

import shutil
from functools import partial

from django.db import transaction

from picking import events, storage, wire
from picking.models import Averages, Job, Project, User
from picking.queries.jobs.averages import averages_of


def tell(project: Project, row: Averages, actor: User | None = None, job: Job | None = None) -> None:
    """`job`: whose progress this is, and which is forgotten when it ends."""
    events.append(project, events.AveragesChanged(averages=wire.averages_wire(row)), actor, job=job)


def note_end(project: Project, job: Job) -> None:
    """A job of the locked project has ended. Averages that were stopped keep their last round, or go without one."""
    row = averages_of(project).filter(job=job).first()
    if row is None:
        return
    if job.status == Job.Status.CANCELLED and row.classes is None:
        delete(project, row)
    else:
        tell(project, row)


def delete(project: Project, row: Averages, actor: User | None = None) -> None:
    """With their files. The number is not given again."""
    number, folder = row.number, storage.averages_folder(row)
    row.delete()
    events.append(project, events.AveragesDeleted(number=number), actor)
    transaction.on_commit(partial(shutil.rmtree, folder, ignore_errors=True))
