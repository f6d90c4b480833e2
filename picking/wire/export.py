"""Exports: what was asked for, how far it is, and what is in the file."""

from dataclasses import dataclass, field
from typing import Annotated, TypedDict

from picking.models import Export, Job
from picking.wire.job import JobWire, job_wire
from picking.wire.left_out import LeftOutWire


@dataclass(frozen=True)
class ExportOptions:
    """What an export is to hold, and how the next program wants it.

    `micrograph`: the only one, by its id; null for all. `sources`: ids of sources whose picks are joined, those nearer
    than 0.4 diameters to one of an earlier source left out; 0 stands for the final picks, which are what the canvas
    shows. `least_score`: picks of networks and of other programs need it; in the source's own units. `reviewed_only`:
    micrographs alone on which a person has marked something. `folder`, `flip_y`, `scale`, `box_px`: of the next
    program; the box in full-resolution pixels, null for one and a half diameters.
    The other texts change the file names: first what begins or ends them is taken off, then something is added.
    `extension`: instead of the file's own.
    `snapshot`: the number of a named snapshot whose picks are meant instead of those of now; null for these.
    `provenance`: with provenance.csv, which says of each coordinate where it comes from; CSV, and the tables of RELION
    particles and stacks, say it in columns too.
    `binned_box` (pixels; null for none), `invert`, `normalise` and `half_precision` are of particle stacks alone.
    """

    format: str
    micrograph: int | None = None
    sources: list[int] = field(default_factory=lambda: [0])
    least_score: float | None = None
    reviewed_only: bool = False
    folder: str = ""
    flip_y: bool = False
    scale: float = 1.0
    box_px: int | None = None
    remove_prefix: str = ""
    remove_suffix: str = ""
    add_prefix: str = ""
    add_suffix: str = ""
    extension: str = ""
    binned_box: int | None = None
    invert: bool = True
    normalise: bool = True
    half_precision: bool = False
    snapshot: int | None = None
    provenance: bool = False


class SourceCountWire(TypedDict):
    """How many of the picks are labels, verdicts, of the network, or of a source by its name."""

    source: str
    picks: int


class ExportCountsWire(TypedDict):
    """`micrographs`: with picks in the file; `empty`: without. `outside`: centres that are not on their image.

    `below_score`: with less than the least score. `doubled`: on a pick of an earlier source.
    """

    micrographs: int
    empty: int
    picks: int
    by_source: list[SourceCountWire]
    outside: int
    below_score: int
    doubled: int


class ConventionsWire(TypedDict):
    """How the coordinates in the file are to be read."""

    origin: str
    place: str
    unit: str
    flip_y: bool
    scale: float
    box: int | None


class OwnThresholdsWire(TypedDict):
    """A micrograph's own thresholds; null where the project's apply."""

    micrograph: str
    particle_threshold: float | None
    contamination_threshold: float | None


class ThresholdsWire(TypedDict):
    """`minimum_distance`: between network picks. `border_margin`: between them and the border. Both in diameters."""

    particle_threshold: float
    contamination_threshold: float
    minimum_distance: float
    border_margin: float
    own: list[OwnThresholdsWire]


class ExportTrainingWire(TypedDict):
    """`settings`: the SHA-256 of the settings that the networks were trained with, as sorted JSON."""

    version: int
    seed: int
    settings: str


class ExportFileWire(TypedDict):
    """A file of the export, with its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str


class CitedSnapshotWire(TypedDict):
    """A named snapshot, by its address below the server's and by the SHA-256 of its canonical form."""

    number: int
    name: str
    address: str
    sha256: str


class ManifestWire(TypedDict):
    """What is in an export and how it came to be: cryoweb_manifest.json beside the picks.

    `program`: with its version. `sequence`: of the last event in it. `snapshot`: null for an export of how things were
    then. `particle_diameter`: Å. `training`: null where the networks were not trained yet. `first_guess`: whether picks
    of the networks that are shipped with CryoWeb are in it. `files`: all but the manifest.
    """

    program: str
    project: str
    sequence: int
    snapshot: CitedSnapshotWire | None
    created_at: str
    created_by: str
    format: str
    options: ExportOptions
    particle_diameter: float
    conventions: ConventionsWire
    thresholds: ThresholdsWire
    training: ExportTrainingWire | None
    first_guess: bool
    counts: ExportCountsWire
    left_out: list[LeftOutWire]
    files: list[ExportFileWire]


class ExportWire(TypedDict):
    """An export. The file is there, with its size in bytes and its SHA-256, once the job has finished.

    `left_out`: micrographs that are not in it. `expires_at`: when the file is deleted.
    """

    id: int
    format: str
    options: ExportOptions
    status: Annotated[str, Job.Status]
    job: JobWire
    file_name: str
    size: int | None
    sha256: str
    counts: ExportCountsWire | None
    left_out: list[LeftOutWire]
    created_by: int | None
    created_at: str
    expires_at: str


class ExportDetailWire(ExportWire):
    """An export with its manifest; null until the file is there."""

    manifest: ManifestWire | None


def export_wire(export: Export) -> ExportWire:
    return {
        "id": export.pk,
        "format": export.format,
        "options": export.options,
        "status": export.job.status,
        "job": job_wire(export.job),
        "file_name": export.file_name,
        "size": export.size,
        "sha256": export.sha256,
        "counts": export.counts,
        "left_out": export.left_out,
        "created_by": export.created_by_id,
        "created_at": export.created_at.isoformat(),
        "expires_at": export.expires_at.isoformat(),
    }


def export_detail_wire(export: Export) -> ExportDetailWire:
    return {**export_wire(export), "manifest": export.manifest}
