"""CTF values of many micrographs in one file: RELION's micrographs_ctf.star, or a plain table (CSV).

RELION since 3.1 keeps what the images of one microscope have in common in the block `optics`, before that in every
row. Source of signs and of the angle: RELION's ctf.h.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

from picking.science.formats.coordinates import (
    UnreadableCoordinates,
    base_name,
    finder,
    number,
    some_names,
    text,
)
from picking.science.formats.star import Block, read_star
from picking.science.imaging.ctf import CtfValues

NAME = "micrograph"
STAR_COLUMNS = {
    NAME: "rlnMicrographName",
    "defocus_u": "rlnDefocusU",
    "defocus_v": "rlnDefocusV",
    "astigmatism_angle": "rlnDefocusAngle",
    "voltage": "rlnVoltage",
    "spherical_aberration": "rlnSphericalAberration",
    "amplitude_contrast": "rlnAmplitudeContrast",
    "phase_shift": "rlnPhaseShift",
    "resolution": "rlnCtfMaxResolution",
}
"""Our names, which are the columns of the table, and RELION's."""

NEEDED = (NAME, "defocus_u", "voltage", "spherical_aberration", "amplitude_contrast")
LIMITS = {
    "defocus_u": (100, 200_000, " Å"),
    "defocus_v": (100, 200_000, " Å"),
    "astigmatism_angle": (-360, 360, "°"),
    "voltage": (50, 1_500, " kV"),
    "spherical_aberration": (0, 20, " mm"),
    "amplitude_contrast": (0, 1, ""),
    "phase_shift": (-360, 360, "°"),
}
"""What a microscope can have: beyond, a value is in another unit or a mistake."""

Row = Mapping[str, str]
"""Our column -> text."""


class UnreadableCtf(Exception):
    """The file cannot be used. The message is for people."""


@dataclass(frozen=True)
class MatchedCtf:
    """Values by micrograph name; names in the file that no micrograph has; micrographs that the file leaves out."""

    values: dict[str, CtfValues]
    unmatched: list[str]
    missing: list[str]


def read_ctf(path: str, content: bytes) -> list[tuple[str, CtfValues]]:
    """The names and values in a file, in its order. Raises UnreadableCtf."""
    try:
        whole = text(path, content)
        star = any(line.startswith("data_") for line in whole.splitlines())
        rows = _star_rows(whole, path) if star else _table_rows(whole, path)
        found = [(row[NAME], _values(row, f"{path}, {row[NAME]}")) for row in rows]
    except UnreadableCoordinates as error:
        raise UnreadableCtf(str(error)) from error
    if not found:
        raise UnreadableCtf(f"{path} names no micrograph.")
    return found


def match_ctf(found: Iterable[tuple[str, CtfValues]], micrographs: Collection[str]) -> MatchedCtf:
    """Gives values to micrographs by name. Raises UnreadableCtf if none fits, or two rows disagree about one."""
    find = finder(micrographs, base_name)
    values: dict[str, CtfValues] = {}
    unmatched: dict[str, None] = {}
    for written, row in found:
        name = find(written)
        if name is None:
            unmatched[written] = None
        elif values.setdefault(name, row) != row:
            raise UnreadableCtf(
                f"The file has different values for {name}. Of a file of particles or of several folders, "
                "bring the one with a single row for each micrograph, such as micrographs_ctf.star."
            )
    if not values:
        raise UnreadableCtf(
            "None of these values belongs to a micrograph of this project. "
            f"The file names {some_names(unmatched)}; the project has {some_names(micrographs)}."
        )
    return MatchedCtf(values, list(unmatched), [name for name in micrographs if name not in values])


def _star_rows(content: str, path: str) -> Iterator[Row]:
    blocks = read_star(content, path)
    block = next((b for b in blocks.values() if {"rlnMicrographName", "rlnDefocusU"} <= b.keys()), None)
    if block is None:
        raise UnreadableCtf(
            f"{path} has no table with _rlnMicrographName and _rlnDefocusU. "
            "Bring the micrographs_ctf.star of a CTF estimation job."
        )
    optics = blocks.get("optics", {})
    _require([ours for ours, relion in STAR_COLUMNS.items() if relion in {*block, *optics}], path, STAR_COLUMNS)
    groups = {row["rlnOpticsGroup"]: row for row in _rows(optics, path)} if "rlnOpticsGroup" in optics else {}
    for row in _rows(block, path):
        group = row.get("rlnOpticsGroup")
        if groups and group not in groups:
            raise UnreadableCtf(f"{path}, {row['rlnMicrographName']}: there is no optics group {group}.")
        both = {**groups.get(group or "", {}), **row}
        yield {ours: both[relion] for ours, relion in STAR_COLUMNS.items() if relion in both}


def _rows(block: Block, path: str) -> list[Row]:
    if len({len(column) for column in block.values()}) > 1:
        raise UnreadableCtf(f"{path} has columns without values.")
    return [dict(zip(block, row, strict=True)) for row in zip(*block.values(), strict=True)]


def _table_rows(content: str, path: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(content, newline=""))
    try:
        columns = [column.strip().lower() for column in next(reader, [])]
        if NAME not in columns:
            raise UnreadableCtf(
                f"{path} is no STAR file, and no table (CSV) whose first line names the columns {', '.join(NEEDED)}."
            )
        _require(columns, path, {})
        for row in reader:
            if row and len(row) != len(columns):
                raise UnreadableCtf(
                    f"{path}, line {reader.line_num}: {len(row)} values where there are {len(columns)} columns."
                )
            if row:
                yield dict(zip(columns, map(str.strip, row), strict=True))
    except csv.Error as error:
        raise UnreadableCtf(f"{path}: {error}.") from error


def _require(columns: Collection[str], path: str, written: Mapping[str, str]) -> None:
    needed = (*NEEDED, "astigmatism_angle") if "defocus_v" in columns else NEEDED
    missing = [f"_{written[name]}" if written else name for name in needed if name not in columns]
    if missing:
        raise UnreadableCtf(f"{path} has no column {' and no column '.join(missing)}.")


def _values(row: Row, where: str) -> CtfValues:
    known = {column: _within(column, row[column], where) for column in LIMITS if row.get(column)}
    astigmatic = ("astigmatism_angle",) if "defocus_v" in known else ()
    for column in (*NEEDED[1:], *astigmatic):
        if column not in known:
            raise UnreadableCtf(f"{where}: {column} is empty.")
    known.setdefault("defocus_v", known["defocus_u"])
    known.setdefault("astigmatism_angle", 0.0)
    return CtfValues(**known, resolution=_resolution(row.get("resolution", ""), where))


def _within(column: str, written: str, where: str) -> float:
    value = number(written, f"{where}: {column}")
    least, most, unit = LIMITS[column]
    if not least <= value <= most:
        raise UnreadableCtf(f"{where}: {column} is {value:g}{unit}; it must be from {least} to {most}{unit}.")
    return value


def _resolution(written: str, where: str) -> float | None:
    """CTFFIND writes `inf` where no ring fits."""
    try:
        value = float(written or "inf")
    except ValueError:
        raise UnreadableCtf(f"{where}: resolution: {written!r} is no number.") from None
    return value if isfinite(value) and value > 0 else None
