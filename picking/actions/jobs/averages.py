"""Averages: ask for them, take the picks that are sorted, keep each round, delete them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from picking import storage, wire
from picking.actions.jobs import jobs
from picking.actions.jobs.averages_end import delete, tell
from picking.actions.locked_project import locked_project, require_open
from picking.files import written_whole
from picking.models import Averages, Job, Project, Source, User
from picking.queries.jobs.averages import averages_of, shown_source
from picking.queries.micrographs.micrographs import require_diameter
from picking.refusals import Conflict, Refused


@dataclass(frozen=True)
class WantedPicks:
    """Which of the picks that count; None: all. `micrographs`: ids. `classes`: None: by the number of picks."""

    micrographs: Sequence[int] | None = None
    least_particle: float | None = None
    most_contamination: float | None = None
    classes: int | None = None


@dataclass(frozen=True)
class Round:
    """Averages as they are after a round. `files`: content by name. `done`: the part of the work that is.

    `size`: pixels along an average, `pixel_size`: Å, `columns`: averages in a row of the picture.
    """

    classes: list[wire.AverageClassWire]
    files: Mapping[str, bytes]
    done: float
    size: int
    pixel_size: float
    columns: int


def start_averages(project_id: int, actor: User, wanted: WantedPicks) -> Averages:
    """Queues the job. Those before that failed without any class go.

    Raises Conflict where others are being made, Refused where there is nothing to sort.
    """
    with locked_project(project_id) as project:
        require_open(project)
        diameter, source = require_diameter(project), shown_source(project)
        if source is None:
            raise Refused("Nothing has been picked yet. Wait for the first guess, or train.")
        if project.averages.filter(job__status__in=jobs.ACTIVE).exists():
            raise Conflict("Averages are being made already. Wait for them, or cancel them.")
        for failed in averages_of(project).filter(job__status=Job.Status.FAILED, classes__isnull=True):
            _delete(project, failed, actor)
        project.averages_made += 1
        project.save(update_fields=["averages_made"])
        row = Averages.objects.create(
            project=project,
            number=project.averages_made,
            source=source,
            job=jobs.queue_job(project, actor, Job.Kind.AVERAGE),
            made_from=asdict(wanted),
            diameter=diameter,
            created_by=actor,
        )
        tell(project, row, actor)
    return row


def take_picks(claimed: jobs.Claim, picks: int, of: int) -> None:
    """Notes how many picks are sorted, of how many, and which thresholds they passed."""
    with jobs.fenced(claimed) as (project, job):
        row = _row(project, job)
        row.picks, row.of = picks, of
        thresholds = {
            "particle_threshold": project.particle_threshold,
            "contamination_threshold": project.contamination_threshold,
        }
        row.made_from = {**row.made_from, **thresholds}
        row.save(update_fields=["picks", "of", "made_from"])
        tell(project, row, job=job)


def keep_round(claimed: jobs.Claim, made: Round) -> None:
    """Puts the files of a round in place of those of the last. Raises LostClaim or Cancelled before it writes."""
    with jobs.fenced(claimed) as (project, job):
        row = _row(project, job)
        folder = storage.averages_folder(row)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in made.files.items():
            with written_whole(folder / name) as unfinished:
                unfinished.write_bytes(content)
        row.classes, row.done, row.round = made.classes, made.done, row.round + 1
        row.size, row.pixel_size, row.columns = made.size, made.pixel_size, made.columns
        row.save(update_fields=["classes", "done", "round", "size", "pixel_size", "columns"])
        tell(project, row, job=job)


def finish_averages(claimed: jobs.Claim, message: str) -> None:
    """The last round is kept."""
    with jobs.fenced(claimed) as (project, job):
        jobs.finish(project, job, message)


def delete_averages(averages: Averages, actor: User) -> None:
    """Deletes them and their files; stops their job where it has not ended. Verdicts that were given with them stay."""
    with locked_project(averages.project_id) as project:
        require_open(project)
        if row := averages_of(project).filter(pk=averages.pk).first():
            _delete(project, row, actor)


def delete_averages_of(project: Project, source: Source) -> None:
    """The same of all of a source of the locked project, which is about to go."""
    for row in averages_of(project).filter(source=source):
        _delete(project, row, None)


def _delete(project: Project, row: Averages, actor: User | None) -> None:
    job = row.job
    delete(project, row, actor)
    if job.status == Job.Status.FAILED and not job.dismissed:
        jobs.take_off_list(project, job, actor)
    jobs.stop(project, project.jobs.filter(pk=job.pk), actor)


def _row(project: Project, job: Job) -> Averages:
    """Raises Cancelled where they were deleted, or somebody asked to stop."""
    row = averages_of(project).filter(job=job).first()
    if row is None or job.cancel_requested:
        raise jobs.Cancelled
    row.job = job
    return row
