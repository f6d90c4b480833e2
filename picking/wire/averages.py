"""Class averages of picks."""

from typing import TypedDict

from picking.models import Averages, Job
from picking.wire.job import JobWire, job_wire


class AverageClassWire(TypedDict):
    """One class. `number`: from 1, the largest class first, as in the files; the classes stand so in the picture.

    `count`: its members. `particle_score`, `contamination_score`: their means; null where no network saw them.
    `resolution`: Å, from two halves of its members; null where they are too few.
    """

    number: int
    count: int
    particle_score: float | None
    contamination_score: float | None
    resolution: float | None


class AveragesWire(TypedDict):
    """Averages, as far as they are. `number`: in their address. `source`, `source_name`: whose picks they are of.

    `training`: its version; null for the first guess. `picks`: how many are sorted, `of` how many there were: fewer
    are a random part. `done`: the part of the work, 0 to 1. `round`: grows with each new picture, in which averages are
    `size` pixels wide and high, `columns` in a row. `pixel_size`: of an average, `diameter`: of the particle, Å.
    `micrographs`: how many were asked for, null for all; `least_particle`, `most_contamination`: scores asked for.
    Before the first round `classes` and `pixel_size` are null, `size` and `columns` 0. `problem`: why they failed.
    """

    number: int
    source: int
    source_name: str
    training: int | None
    job: JobWire
    picks: int
    of: int
    done: float
    round: int
    size: int
    columns: int
    pixel_size: float | None
    diameter: float
    micrographs: int | None
    least_particle: float | None
    most_contamination: float | None
    classes: list[AverageClassWire] | None
    problem: str | None
    created_by: int | None
    created_at: str


class AverageMembersWire(TypedDict):
    """The members of a class, one list for each column, the best fit first.

    `x`, `y`: centres in full-resolution pixels. `particle`, `contamination`: scores, null where no network saw the
    pick. `fit`: how well it fits its average, 0 to 1.
    """

    micrograph: list[int]
    x: list[float]
    y: list[float]
    particle: list[float | None]
    contamination: list[float | None]
    fit: list[float]


class BesidePairWire(TypedDict):
    """A class by its number, and the class of the others that holds most of the same picks; null where none does.

    `shared`: how many picks both hold.
    """

    number: int
    beside: int | None
    shared: int


class BesideWire(TypedDict):
    """Two sets of averages beside one another: a pair for each class of the first."""

    pairs: list[BesidePairWire]


def averages_wire(row: Averages) -> AveragesWire:
    """Of a row with its job, source and training."""
    asked = row.made_from
    return {
        "number": row.number,
        "source": row.source_id,
        "source_name": row.source.name,
        "training": row.source.training.version if row.source.training else None,
        "job": job_wire(row.job),
        "picks": row.picks,
        "of": row.of,
        "done": row.done,
        "round": row.round,
        "size": row.size,
        "columns": row.columns,
        "pixel_size": row.pixel_size,
        "diameter": row.diameter,
        "micrographs": None if asked["micrographs"] is None else len(asked["micrographs"]),
        "least_particle": asked["least_particle"],
        "most_contamination": asked["most_contamination"],
        "classes": row.classes,
        "problem": row.job.error if row.job.status == Job.Status.FAILED else None,
        "created_by": row.created_by_id,
        "created_at": row.created_at.isoformat(),
    }
