"""The kinds of jobs: where the work of each is written, and which worker does it."""

from dataclasses import dataclass

from picking.models import Job


@dataclass(frozen=True)
class Work:
    """`module` has `run(claimed, job)`; it is imported when needed: the web process then never loads torch.

    `worker`: the process that does it. Its jobs wait for each other.
    """

    module: str
    worker: str


TRAINER, IMPORTER = "trainer", "importer"
"""Imports have their own worker, so that they continue during a training (docs/decisions/0003-two-workers.md)."""
WORK = {
    Job.Kind.IMPORT: Work("picking.jobs.import_micrograph", IMPORTER),
    Job.Kind.TRAIN: Work("picking.jobs.train", TRAINER),
    Job.Kind.PICK: Work("picking.jobs.pick", TRAINER),
    Job.Kind.GUESS: Work("picking.jobs.guess", TRAINER),
    Job.Kind.VALIDATE: Work("picking.jobs.validate", TRAINER),
    Job.Kind.EXPORT: Work("picking.jobs.export", IMPORTER),
    Job.Kind.DIAMETER: Work("picking.jobs.diameter", TRAINER),
    Job.Kind.AVERAGE: Work("picking.jobs.average", TRAINER),
    Job.Kind.SNAPSHOT: Work("picking.jobs.freeze", IMPORTER),
}


def queues_by_worker() -> dict[str, list[str]]:
    """Worker -> the queues it takes jobs from. Each kind of job waits in a queue that has its name."""
    return {name: [kind.value for kind, work in WORK.items() if work.worker == name] for name in (TRAINER, IMPORTER)}
