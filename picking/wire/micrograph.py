"""Micrographs, and what is known of their CTF."""

from functools import lru_cache
from typing import NamedTuple, TypedDict

from picking.models import Ctf, Micrograph
from picking.science.imaging.pyramid import level_shapes


class PickCountWire(TypedDict):
    """How many picks there are, and of which source."""

    source: int
    count: int


class CtfWire(TypedDict):
    """What is known of the contrast transfer function.

    `defocus_u`, `defocus_v`, `resolution`: Å. `astigmatism_angle`: degrees, the direction of `defocus_u`, from the
    x axis towards the y axis. `voltage`: kV. `spherical_aberration`: mm. `phase_shift`: degrees. `resolution`: up to
    which the rings fit; null if unknown.
    """

    defocus_u: float
    defocus_v: float
    astigmatism_angle: float
    voltage: float
    spherical_aberration: float
    amplitude_contrast: float
    phase_shift: float
    resolution: float | None


class MicrographWire(TypedDict):
    """What is known of a micrograph, and what people say of it as a whole.

    `key`: the name of its folder of tiles. `pixel_size`: Å per pixel, of the project if a person entered it, else of
    the file; null if unknown. `replaced_pixels`: NaN or infinite in the file, replaced from their surroundings.
    `levels`: of its pyramid. `particle_threshold`, `contamination_threshold`: its own; null if the project's apply.
    `excluded`: left out of training, picking and exports. `double`: two people are to label it. `blind`: people see
    only their own marks on it for now, and it is left out of training and exports. `ctf`: null until it is imported.
    """

    id: int
    key: str
    name: str
    file_name: str
    width: int
    height: int
    pixel_size: float | None
    replaced_pixels: int
    levels: int
    picks: PickCountWire | None
    has_reference: bool
    created_at: str
    particle_threshold: float | None
    contamination_threshold: float | None
    excluded: bool
    flagged: bool
    double: bool
    note: str
    blind: bool
    ctf: CtfWire | None


class MicrographRow(NamedTuple):
    """The columns of a micrograph that are told."""

    id: int
    key: str
    name: str
    file_name: str
    width: int
    height: int
    header_pixel_size: float | None
    listed_pixel_size: float | None
    replaced_pixels: int
    created_at: str
    particle_threshold: float | None
    contamination_threshold: float | None
    excluded: bool
    flagged: bool
    double: bool
    note: str
    blind: bool


TOLD_OF_MICROGRAPHS = MicrographRow._fields
TOLD_OF_CTF = tuple(CtfWire.__annotations__)


def micrograph_row(micrograph: Micrograph) -> MicrographRow:
    told = {name: getattr(micrograph, name) for name in TOLD_OF_MICROGRAPHS}
    return MicrographRow(**{**told, "key": str(micrograph.key), "created_at": micrograph.created_at.isoformat()})


def micrograph_wire(
    row: MicrographRow, pixel_size: float | None, ctf: CtfWire | None, picks: PickCountWire | None, has_reference: bool
) -> MicrographWire:
    return {
        "id": row.id,
        "key": row.key,
        "name": row.name,
        "file_name": row.file_name,
        "width": row.width,
        "height": row.height,
        "pixel_size": pixel_size,
        "replaced_pixels": row.replaced_pixels,
        "levels": levels_of(row.width, row.height),
        "picks": picks,
        "has_reference": has_reference,
        "created_at": row.created_at,
        "particle_threshold": row.particle_threshold,
        "contamination_threshold": row.contamination_threshold,
        "excluded": row.excluded,
        "flagged": row.flagged,
        "double": row.double,
        "note": row.note,
        "blind": row.blind,
        "ctf": ctf,
    }


@lru_cache(maxsize=100)
def levels_of(width: int, height: int) -> int:
    """Of a pyramid. The micrographs of a project have few sizes."""
    return len(level_shapes(width, height))


def ctf_wire(ctf: Ctf) -> CtfWire:
    return {
        "defocus_u": ctf.defocus_u,
        "defocus_v": ctf.defocus_v,
        "astigmatism_angle": ctf.astigmatism_angle,
        "voltage": ctf.voltage,
        "spherical_aberration": ctf.spherical_aberration,
        "amplitude_contrast": ctf.amplitude_contrast,
        "phase_shift": ctf.phase_shift,
        "resolution": ctf.resolution,
    }
