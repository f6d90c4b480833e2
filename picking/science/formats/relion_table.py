"""`particles.star` of RELION 3.1 to 5 while it is written: `data_optics`, then `data_particles`.

There is one optics group for each pixel size and microscope. The groups come first in the file, but are known last, so
the rows wait in a temporary file. RELION refuses a file without voltage and spherical aberration: where they are not
known for a micrograph, those of another stand there, or those of most microscopes. The defoci are there only if they
are known for every micrograph: RELION and cryoSPARC take a column for all rows or none.
Source: RELION's obs_model.cpp and `joinAllStarFiles` of its preprocessing.cpp.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import IO

from picking.science.formats.coordinates import Coordinates
from picking.science.formats.decimals import rows_of
from picking.science.formats.export import ExportMicrograph
from picking.science.formats.star import quoted, star_head, write_star
from picking.science.imaging.ctf import CtfValues, values_at

_ROW = ("rlnMicrographName", "rlnCoordinateX", "rlnCoordinateY", "rlnAutopickFigureOfMerit")
_IMAGE, _GROUP = "rlnImageName", "rlnOpticsGroup"
_CTF = ("rlnDefocusU", "rlnDefocusV", "rlnDefocusAngle", "rlnPhaseShift")
_OPTICS = (
    *("rlnOpticsGroupName", _GROUP, "rlnMicrographPixelSize", "rlnImagePixelSize"),
    *("rlnVoltage", "rlnSphericalAberration", "rlnAmplitudeContrast"),
)
_IMAGES = ("rlnImageSize", "rlnImageDimensionality", "rlnCtfDataAreCtfPremultiplied")

_WHENCE = tuple(
    f"cryoweb{name}" for name in ("Origin", "Person", "Training", "ParticleThreshold", "ContaminationThreshold")
)
"""Where each coordinate comes from. RELION keeps columns that it does not know. Source: its metadata_table.cpp."""
NOBODY = "-"

_USUAL = values_at(0)
"""The microscope where none is known: 300 kV, 2.7 mm and 0.1, as RELION's import job suggests."""

Optics = tuple[float, float, float, float]
"""Pixel size in Å, voltage in kV, spherical aberration in mm, amplitude contrast."""


@dataclass(frozen=True)
class Images:
    """Of extracted particles: pixels along a side, and how many of the micrograph's pixels one of theirs is."""

    size: int
    binning: float


class ParticleTable:
    """The particles of one micrograph after another. `rows`: an empty temporary file of text.

    `scale`: a pixel of the micrographs is so many of ours. `images`: where there are any.
    """

    def __init__(self, rows: IO[str], scale: float = 1.0, images: Images | None = None) -> None:
        self._rows, self._scale, self._images = rows, scale, images
        self._written: list[tuple[ExportMicrograph, int]] = []

    def add(self, micrograph: ExportMicrograph, name: str, picks: Coordinates, stack: str = "") -> None:
        """`name`: the micrograph's for RELION. `stack`: the path of the images, in the order of `picks`."""
        rows = rows_of(quoted(name), *picks.xy.T, picks.merit)
        if whence := micrograph.whence:
            said = zip(rows.splitlines(), picks.author or ("",) * len(picks), whence.of(picks), strict=True)
            rows = "".join(f"{line}\t{_whence(person, *columns)}\n" for line, person, columns in said)
        if stack:
            lines = enumerate(rows.splitlines(), 1)
            rows = "".join(f"{line}\t{quoted(f'{number:06d}@{stack}')}\n" for number, line in lines)
        self._rows.write(rows)
        self._written.append((replace(micrograph, picks=()), len(picks)))

    def texts(self) -> Iterator[str]:
        """The file, piece by piece."""
        self._rows.seek(0)
        known = [each.ctf for each, _ in self._written if each.ctf]
        all_known = len(known) == len(self._written) > 0
        usual = known[0] if known else _USUAL
        groups: dict[Optics, int] = {}
        numbers = [groups.setdefault(self._optics(each, usual), len(groups) + 1) for each, _ in self._written]
        yield write_star("optics", [*_OPTICS, *(_IMAGES if self._images else ())], map(self._group, groups.items()))
        image = [_IMAGE] if self._images else []
        whence = _WHENCE if any(each.whence for each, _ in self._written) else ()
        yield star_head("particles", [*_ROW, *whence, *image, _GROUP, *(_CTF if all_known else ())])
        for (micrograph, count), number in zip(self._written, numbers, strict=True):
            end = f"\t{number}{_defoci(micrograph.ctf) if micrograph.ctf and all_known else ''}\n"
            yield "".join(islice(self._rows, count)).replace("\n", end)
        yield "\n"

    def _optics(self, micrograph: ExportMicrograph, usual: CtfValues) -> Optics:
        of = micrograph.ctf or usual
        pixel_size = micrograph.pixel_size * self._scale
        return (pixel_size, of.voltage, of.spherical_aberration, of.amplitude_contrast)

    def _group(self, each: tuple[Optics, int]) -> list[str]:
        (pixel_size, *microscope), number = each
        numbers = (pixel_size, pixel_size * (self._images.binning if self._images else 1), *microscope)
        images = [str(self._images.size), "2", "0"] if self._images else []
        return [f"opticsGroup{number}", str(number), *(f"{value:.6f}" for value in numbers), *images]


def _whence(person: str, origin: str, training: int | None, *thresholds: float | None) -> str:
    """No value is empty: RELION writes what it does not know without quotes."""
    numbers = ("nan" if threshold is None else str(threshold) for threshold in thresholds)
    return "\t".join([origin, quoted(person or NOBODY), str(training or 0), *numbers])


def _defoci(ctf: CtfValues) -> str:
    values = (ctf.defocus_u, ctf.defocus_v, ctf.astigmatism_angle, ctf.phase_shift)
    return "".join(f"\t{value:.6f}" for value in values)
