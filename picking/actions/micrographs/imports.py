"""Import micrographs into a project: queue the import of files, and complete or refuse each."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from picking import events
from picking.actions.jobs import jobs
from picking.actions.jobs.diameter import queue_scan_where_due
from picking.actions.jobs.trainings import queue_picking
from picking.actions.locked_project import locked_project, require_open
from picking.actions.micrographs.ctf import write_ctf
from picking.actions.micrographs.known_files import KnownFile, KnownFiles
from picking.actions.micrographs.listings import keep_listed, listing_columns
from picking.actions.micrographs.quota import add_used, require_within_quota, taken_by
from picking.actions.names import require_fit_file
from picking.data_roots import LINKED_OUTSIDE, lies_under
from picking.files import fingerprint
from picking.models import Job, Micrograph, Project, User
from picking.queries.micrographs.micrographs import micrograph_wire
from picking.refusals import Refused
from picking.science.file_names import below_common_folder, composed, name_apart
from picking.science.lists import ListedMicrograph

NOTHING: Mapping[Path, ListedMicrograph] = MappingProxyType({})


@dataclass(frozen=True)
class ImportedFile:
    """What the import job found; `key` names the folder it has put in place."""

    key: uuid.UUID
    width: int
    height: int
    pixel_size: float | None
    replaced_pixels: int = 0
    size: int = 0
    """Bytes of the folder."""


def import_in_place(
    project_id: int,
    actor: User | None,
    files: Sequence[Path],
    listed: Mapping[Path, ListedMicrograph] = NOTHING,
    roots: Sequence[Path] | None = None,
) -> tuple[list[Job], list[str]]:
    """Queues the import of files that are used in place. Returns the jobs, and the files already in the project.

    Files are shown, and returned, by their paths below the folder that all of them have in common. What a list says of
    a file is kept with its micrograph, also of one that is in the project already. `roots`: where the files must lie,
    links resolved; None on the command line: anywhere. Raises Refused where one does not, and where the project may not
    have so many: then none is queued.
    """
    lying_at = {file: _real_path(file, roots) for file in files}
    shown = below_common_folder([str(file) for file in files])
    with locked_project(project_id) as project:
        require_open(project)
        known = KnownFiles(project)
        new: list[tuple[Path, str]] = []
        skipped = []
        said: dict[int, ListedMicrograph] = {}
        for file, name in zip(files, shown, strict=True):
            require_fit_file(file)
            if there := known.same_as(str(file), partial(fingerprint, file), in_place=file):
                skipped.append(name)
                if there.micrograph and file in listed:
                    said[there.micrograph] = listed[file]
                continue
            known.add(KnownFile(name, str(file), file, in_place=True))
            new.append((file, name))
        require_within_quota(project, [taken_by(file, in_place=True) for file, _ in new])
        queued = [queue_import(project, actor, name, file, lying_at[file], listed.get(file)) for file, name in new]
        keep_listed(project, actor, said)
    return queued, skipped


def queue_import(
    project: Project,
    actor: User | None,
    name: str,
    source: Path,
    lies_at: str = "",
    listed: ListedMicrograph | None = None,
) -> Job:
    """Queues one import in the locked project. `name`: the path that people see, of an upload all that is known.

    `lies_at`: the real path of a file that is used in place.
    """
    kept = listed.to_json() if listed else None
    return jobs.queue_job(
        project,
        actor,
        Job.Kind.IMPORT,
        name=name,
        source=str(source),
        in_place=bool(lies_at),
        lies_at=lies_at,
        listed=kept,
    )


def _real_path(file: Path, roots: Sequence[Path] | None) -> str:
    real = file.resolve()
    if not lies_under(real, roots):
        raise Refused(f"{file} is {LINKED_OUTSIDE}.")
    return str(real)


def finish_import(claimed: jobs.Claim, found: ImportedFile) -> Micrograph:
    """Makes the micrograph. Raises LostClaim when another worker has the job: the caller removes its folder."""
    with jobs.fenced(claimed) as (project, job):
        if job.cancel_requested:
            raise jobs.Cancelled
        path = job.source if job.in_place else job.name
        listed = ListedMicrograph.from_json(job.listed) if job.listed else None
        micrograph = Micrograph.objects.create(
            project=project,
            key=found.key,
            name=name_apart_in(project, path),
            file_name=composed(Path(path).name),
            source=path if job.in_place else "",
            lies_at=job.lies_at,
            imported_by=job.created_by,
            uploaded_as="" if job.in_place else path,
            width=found.width,
            height=found.height,
            header_pixel_size=found.pixel_size,
            replaced_pixels=found.replaced_pixels,
            **listing_columns(listed),
        )
        events.append(project, events.MicrographAdded(micrograph=micrograph_wire(micrograph)), job.created_by)
        if listed and listed.ctf:
            write_ctf(project, {micrograph.pk: listed.ctf}, job.created_by)
        add_used(project, found.size)
        jobs.finish(project, job)
        queue_picking(project, job.created_by)
        queue_scan_where_due(project)
    return micrograph


def name_apart_in(project: Project, path: str) -> str:
    """A name for a new file; micrographs that have it are renamed, so that folders distinguish them."""
    there = {micrograph.name: micrograph for micrograph in project.micrographs.all()}
    name, renamed = name_apart(path, {name: micrograph.path for name, micrograph in there.items()})
    for old, new in renamed.items():
        micrograph = there[old]
        micrograph.name = new
        micrograph.save(update_fields=["name"])
        events.append(project, events.MicrographChanged(micrograph=micrograph_wire(micrograph)))
    return name
