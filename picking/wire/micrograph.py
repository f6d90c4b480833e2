"""Micrographs, and what is known of their CTF."""

from typing import TypedDict

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


def micrograph_wire(micrograph: Micrograph, picks: PickCountWire | None, has_reference: bool) -> MicrographWire:
    return {
        "id": micrograph.pk,
        "key": str(micrograph.key),
        "name": micrograph.name,
        "file_name": micrograph.file_name,
        "width": micrograph.width,
        "height": micrograph.height,
        "pixel_size": micrograph.pixel_size,
        "replaced_pixels": micrograph.replaced_pixels,
        "levels": len(level_shapes(micrograph.width, micrograph.height)),
        "picks": picks,
        "has_reference": has_reference,
        "created_at": micrograph.created_at.isoformat(),
        "particle_threshold": micrograph.particle_threshold,
        "contamination_threshold": micrograph.contamination_threshold,
        "excluded": micrograph.excluded,
        "flagged": micrograph.flagged,
        "double": micrograph.double,
        "note": micrograph.note,
        "blind": micrograph.blind,
        "ctf": ctf_wire(micrograph.ctf) if hasattr(micrograph, "ctf") else None,
    }


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
