"""RELION, particles in one STAR file with the names of their micrographs.

Written as RELION 3.1 to 5 do: `data_optics` with one group for each pixel size and microscope, and `data_particles`.
Voltage, spherical aberration, amplitude contrast and the defoci of the particles are there only if they are known for
every micrograph: RELION and cryoSPARC take a column for all rows or none. There are no images:
RELION extracts them again by these coordinates, and cryoSPARC imports the file as a particle stack with micrographs.
Read are also files of RELION 3.0 and before, which have one block and no optics. Coordinates are those of the
micrograph; shifts found by an alignment (`_rlnOriginXAngst`) are left alone.
Source: RELION's obs_model.cpp and preprocessing.cpp.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, repeat
from tempfile import TemporaryFile
from typing import IO

from picking.science.formats.coordinates import Coordinates, Found, by_name
from picking.science.formats.export import Export, ExportMicrograph
from picking.science.formats.files import Files, Pieces, gathered
from picking.science.formats.relion import merit, places, rows_of
from picking.science.formats.star import StarPart, parts_of, quoted, star_columns, star_head, write_star
from picking.science.imaging.ctf import CtfValues

FILE = "particles.star"

_ROW = ("rlnMicrographName", "rlnCoordinateX", "rlnCoordinateY", "rlnAutopickFigureOfMerit", "rlnOpticsGroup")
_CTF = ("rlnDefocusU", "rlnDefocusV", "rlnDefocusAngle", "rlnPhaseShift")
_OPTICS = ("rlnOpticsGroupName", "rlnOpticsGroup", "rlnMicrographPixelSize", "rlnImagePixelSize")
_MICROSCOPE = ("rlnVoltage", "rlnSphericalAberration", "rlnAmplitudeContrast")

Optics = tuple[float, ...]
"""Pixel size in Å; then voltage in kV, spherical aberration in mm and amplitude contrast, where these are known."""


def write(export: Export) -> Pieces:
    """One file. Its rows wait in a temporary file until all optics groups are known."""
    with TemporaryFile("w+", encoding="utf-8", newline="\n") as rows:
        written = list(_spooled(export, rows))
        yield from gathered(FILE, _texts(export, rows, written))


def parse(files: Files) -> Iterator[Found]:
    """Coordinates by the column `_rlnMicrographName`; the figure of merit becomes the particle score.

    Raises UnreadableCoordinates.
    """
    for path in files:
        pixel_sizes: dict[str, float] = {}
        for part in parts_of(files, path):
            if part.name == "optics":
                pixel_sizes |= _pixel_sizes(part)
            elif "rlnCoordinateX" in part.columns:
                part.require("rlnMicrographName")
                yield from _found(part, pixel_sizes)


def recognises(head: bytes) -> bool:
    """Whether a file names the micrograph of each row."""
    return any({"rlnMicrographName", "rlnCoordinateX"} <= block for block in star_columns(head))


def stem(name: str) -> str:
    """The name itself."""
    return name


def _spooled(export: Export, rows: IO[str]) -> Iterator[tuple[ExportMicrograph, int]]:
    """Writes the rows without their optics group. Yields each micrograph and the number of its rows."""
    for micrograph, picks in export.placed():
        names = [quoted(export.relion_name(micrograph))] * len(picks)
        rows.writelines(rows_of(names, *picks.xy.T.tolist(), picks.merit.tolist()))
        yield micrograph, len(picks)
    rows.seek(0)


def _texts(export: Export, rows: IO[str], written: Sequence[tuple[ExportMicrograph, int]]) -> Iterator[str]:
    known = [each.ctf for each, _ in written if each.ctf]
    ctfs: Sequence[CtfValues | None] = known if len(known) == len(written) else [None] * len(written)
    groups: dict[Optics, int] = {}
    numbers = [
        groups.setdefault(_optics(each, ctf, export.scale), len(groups) + 1)
        for (each, _), ctf in zip(written, ctfs, strict=True)
    ]
    with_ctf = bool(written) and ctfs[0] is not None
    yield write_star("optics", [*_OPTICS, *(_MICROSCOPE if with_ctf else ())], map(_group, groups.items()))
    yield star_head("particles", [*_ROW, *(_CTF if with_ctf else ())])
    for (_, count), ctf, number in zip(written, ctfs, numbers, strict=True):
        end = f"\t{number}{_defoci(ctf)}\n"
        yield from (line[:-1] + end for line in islice(rows, count))
    yield "\n"


def _optics(micrograph: ExportMicrograph, ctf: CtfValues | None, scale: float) -> Optics:
    microscope = (ctf.voltage, ctf.spherical_aberration, ctf.amplitude_contrast) if ctf else ()
    return (micrograph.pixel_size * scale, *microscope)


def _group(each: tuple[Optics, int]) -> list[str]:
    (pixel_size, *microscope), number = each
    return [f"opticsGroup{number}", str(number), *(f"{value:.6f}" for value in (pixel_size, pixel_size, *microscope))]


def _defoci(ctf: CtfValues | None) -> str:
    if ctf is None:
        return ""
    values = (ctf.defocus_u, ctf.defocus_v, ctf.astigmatism_angle, ctf.phase_shift)
    return "".join(f"\t{value:.6f}" for value in values)


def _pixel_sizes(optics: StarPart) -> dict[str, float]:
    """Optics group -> Å per pixel of its micrographs."""
    groups = optics.columns.get("rlnOpticsGroup", [])
    known = (c for c in ("rlnMicrographPixelSize", "rlnMicrographOriginalPixelSize") if c in optics.columns)
    column = next(known, None)
    return dict(zip(groups, optics.numbers(column).tolist(), strict=False)) if column else {}


def _found(part: StarPart, pixel_sizes: dict[str, float]) -> Iterator[Found]:
    groups = part.columns.get("rlnOpticsGroup") or repeat("")
    names = part.columns["rlnMicrographName"]
    sizes = dict(zip(names, groups, strict=False))
    for name, coordinates in by_name(names, Coordinates.at(places(part), merit(part))):
        yield Found(name, coordinates, pixel_size=pixel_sizes.get(sizes[name]))
