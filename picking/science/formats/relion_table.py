"""`particles.star` of RELION 3.1 to 5 while it is written: `data_optics`, then `data_particles`.

There is one optics group for each pixel size and microscope. The groups come first in the file, but are known last, so
the rows wait in a temporary file. Voltage, spherical aberration, amplitude contrast and the defoci are there only if
they are known for every micrograph: RELION and cryoSPARC take a column for all rows or none.
Source: RELION's obs_model.cpp and `joinAllStarFiles` of its preprocessing.cpp.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import IO

from picking.science.formats.coordinates import Coordinates
from picking.science.formats.export import ExportMicrograph
from picking.science.formats.relion import rows_of
from picking.science.formats.star import quoted, star_head, write_star
from picking.science.imaging.ctf import CtfValues, values_at

_ROW = ("rlnMicrographName", "rlnCoordinateX", "rlnCoordinateY", "rlnAutopickFigureOfMerit")
_IMAGE, _GROUP = "rlnImageName", "rlnOpticsGroup"
_CTF = ("rlnDefocusU", "rlnDefocusV", "rlnDefocusAngle", "rlnPhaseShift")
_OPTICS = ("rlnOpticsGroupName", _GROUP, "rlnMicrographPixelSize", "rlnImagePixelSize")
_MICROSCOPE = ("rlnVoltage", "rlnSphericalAberration", "rlnAmplitudeContrast")
_IMAGES = ("rlnImageSize", "rlnImageDimensionality", "rlnCtfDataAreCtfPremultiplied")

_USUAL = values_at(0)
"""Its microscope: RELION reads no images without one, so that of most is written where none is known."""

Optics = tuple[float, ...]
"""Pixel size in Å; then voltage in kV, spherical aberration in mm and amplitude contrast, where these are written."""


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
        rows = "".join(rows_of([quoted(name)] * len(picks), *picks.xy.T.tolist(), picks.merit.tolist()))
        if stack:
            lines = enumerate(rows.splitlines(), 1)
            rows = "".join(f"{line}\t{quoted(f'{number:06d}@{stack}')}\n" for number, line in lines)
        self._rows.write(rows)
        self._written.append((replace(micrograph, picks=()), len(picks)))

    def texts(self) -> Iterator[str]:
        """The file, piece by piece."""
        self._rows.seek(0)
        ctfs = self._ctfs()
        groups: dict[Optics, int] = {}
        numbers = [
            groups.setdefault(self._optics(micrograph, ctf), len(groups) + 1)
            for (micrograph, _), ctf in zip(self._written, ctfs, strict=True)
        ]
        known = bool(ctfs) and ctfs[0] is not None
        microscope, images = (_MICROSCOPE if known or self._images else ()), (_IMAGES if self._images else ())
        yield write_star("optics", [*_OPTICS, *microscope, *images], map(self._group, groups.items()))
        yield star_head("particles", [*_ROW, *([_IMAGE] if self._images else ()), _GROUP, *(_CTF if known else ())])
        for (_, count), ctf, number in zip(self._written, ctfs, numbers, strict=True):
            yield "".join(islice(self._rows, count)).replace("\n", f"\t{number}{_defoci(ctf)}\n")
        yield "\n"

    def _ctfs(self) -> Sequence[CtfValues | None]:
        known = [each.ctf for each, _ in self._written if each.ctf]
        return known if len(known) == len(self._written) else [None] * len(self._written)

    def _optics(self, micrograph: ExportMicrograph, ctf: CtfValues | None) -> Optics:
        of = ctf or (_USUAL if self._images else None)
        microscope = (of.voltage, of.spherical_aberration, of.amplitude_contrast) if of else ()
        return (micrograph.pixel_size * self._scale, *microscope)

    def _group(self, each: tuple[Optics, int]) -> list[str]:
        (pixel_size, *microscope), number = each
        numbers = (pixel_size, pixel_size * (self._images.binning if self._images else 1), *microscope)
        images = [str(self._images.size), "2", "0"] if self._images else []
        return [f"opticsGroup{number}", str(number), *(f"{value:.6f}" for value in numbers), *images]


def _defoci(ctf: CtfValues | None) -> str:
    if ctf is None:
        return ""
    values = (ctf.defocus_u, ctf.defocus_v, ctf.astigmatism_angle, ctf.phase_shift)
    return "".join(f"\t{value:.6f}" for value in values)
