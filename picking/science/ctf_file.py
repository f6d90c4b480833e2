"""CTF values of many micrographs in one file: RELION's micrographs_ctf.star, or a plain table (CSV).

Since 3.1, RELION keeps what the images of one microscope have in common in the block `optics`; before, in every row.
Source of signs and of the angle: RELION's ctf.h.
"""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite, nan

from picking.science.formats.coordinates import UnreadableCoordinates, some_names
from picking.science.formats.csv import unescaped
from picking.science.formats.files import text
from picking.science.formats.names import AmbiguousName, finder
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
    "resolution": (-inf, inf, " Å"),
}
"""Plausible ranges: values outside are mistakes, or in another unit. In the order of CtfValues."""

Columns = Mapping[str, Sequence[str]]
"""Our column -> the text of each row."""


class UnreadableCtf(Exception):
    """The file, or a row of it, cannot be used. The message is for people."""


CtfRows = Sequence[tuple[str, CtfValues | UnreadableCtf]]
"""Names as written in the file, with their values, or why these cannot be used."""


@dataclass(frozen=True)
class MatchedCtf:
    """Values by micrograph name; names in the file that no micrograph has; micrographs that the file does not name;
    written name -> why its row counts for nothing."""

    values: dict[str, CtfValues]
    unmatched: list[str]
    missing: list[str]
    left_out: dict[str, str]


def read_ctf(path: str, content: bytes) -> CtfRows:
    """The names and values in a file, in its order. Raises UnreadableCtf where no row can be used."""
    try:
        whole = text(path, content)
        columns = _table(whole, path) if NAME in _header(whole) else _star(whole, path)
    except UnreadableCoordinates as error:
        raise UnreadableCtf(str(error)) from error
    found = list(zip(columns[NAME], checked_values(columns), strict=True))
    if not found:
        raise UnreadableCtf(f"{path} does not name any micrograph.")
    if all(isinstance(values, UnreadableCtf) for _, values in found):
        raise UnreadableCtf(f"{path}, {found[0][0]}: {found[0][1]}")
    return found


def match_ctf(found: CtfRows, micrographs: Collection[str]) -> MatchedCtf:
    """Gives values to micrographs by name. Raises UnreadableCtf if none fits."""
    find = finder(micrographs)
    values: dict[str, CtfValues] = {}
    unmatched: dict[str, None] = {}
    left_out: dict[str, str] = {}
    named, disputed = set[str](), set[str]()
    for written, row in found:
        try:
            name = find(written)
        except AmbiguousName as several:
            left_out[written] = str(several)
            continue
        if name is None:
            unmatched[written] = None
            continue
        named.add(name)
        if isinstance(row, UnreadableCtf):
            left_out[written] = str(row)
        elif values.setdefault(name, row) != row:
            disputed.add(name)
    for name in disputed:
        del values[name]
        left_out[name] = (
            "The file has several different values for this micrograph. Use a file with a single row for each "
            "micrograph, such as micrographs_ctf.star, rather than one of particles or of several folders."
        )
    if not values:
        raise _nothing_fits(left_out, unmatched, micrographs)
    return MatchedCtf(values, list(unmatched), [name for name in micrographs if name not in named], left_out)


def _nothing_fits(left_out: Mapping[str, str], unmatched: Collection[str], present: Collection[str]) -> UnreadableCtf:
    for written, reason in left_out.items():
        return UnreadableCtf(f"No row could be used for this project. {written}: {reason}")
    return UnreadableCtf(
        "None of these values belongs to a micrograph of this project. "
        f"The file names {some_names(unmatched)}; the project has {some_names(present)}."
    )


def _star(content: str, path: str) -> Columns:
    blocks = read_star(content, path) if any(line.startswith("data_") for line in content.splitlines()) else {}
    if not blocks:
        raise UnreadableCtf(
            f"{path} is neither a STAR file nor a table (CSV) whose first line names the columns {', '.join(NEEDED)}."
        )
    block = next((b for b in blocks.values() if {"rlnMicrographName", "rlnDefocusU"} <= b.keys()), None)
    if block is None:
        raise UnreadableCtf(
            f"{path} has no table with _rlnMicrographName and _rlnDefocusU. "
            "Use the micrographs_ctf.star of a CTF estimation job."
        )
    optics = blocks.get("optics", {})
    _require([ours for ours, relion in STAR_COLUMNS.items() if relion in {*block, *optics}], path, STAR_COLUMNS)
    if any(len({len(column) for column in each.values()}) > 1 for each in (block, optics)):
        raise UnreadableCtf(f"{path} has columns without values.")
    both = {**_of_groups(optics, block.get("rlnOpticsGroup", ()), path), **block}
    return {ours: both[relion] for ours, relion in STAR_COLUMNS.items() if relion in both}


def _of_groups(optics: Block, groups: Sequence[str], path: str) -> Block:
    """What `optics` says of the group of each row."""
    if "rlnOpticsGroup" not in optics:
        return {}
    for group in set(groups).difference(optics["rlnOpticsGroup"]):
        raise UnreadableCtf(f"{path}: there is no optics group {group}.")
    wanted = optics.keys() & set(STAR_COLUMNS.values())
    of_group = {column: dict(zip(optics["rlnOpticsGroup"], optics[column], strict=True)) for column in wanted}
    return {column: [known[group] for group in groups] for column, known in of_group.items()}


def _header(content: str) -> list[str]:
    try:
        return _columns(csv.reader(io.StringIO(content, newline="")))
    except csv.Error:
        return []


def _columns(reader: Iterator[list[str]]) -> list[str]:
    return [column.strip().lower() for column in next(reader, [])]


def _table(content: str, path: str) -> Columns:
    reader = csv.reader(io.StringIO(content, newline=""))
    rows = []
    try:
        columns = _columns(reader)
        _require(columns, path, {})
        for row in filter(None, reader):
            if len(row) != len(columns):
                raise UnreadableCtf(
                    f"{path}, line {reader.line_num}: expected {len(columns)} values, found {len(row)}."
                )
            rows.append(row)
    except csv.Error as error:
        raise UnreadableCtf(f"{path}: {error}.") from error
    table = dict(zip(columns, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(columns, ())
    return {**table, NAME: [unescaped(name.strip()) for name in table[NAME]]}


def _require(columns: Collection[str], path: str, written: Mapping[str, str]) -> None:
    needed = (*NEEDED, "astigmatism_angle") if "defocus_v" in columns else NEEDED
    missing = [f"_{written[name]}" if written else name for name in needed if name not in columns]
    if missing:
        raise UnreadableCtf(f"{path} has no column {' and no column '.join(missing)}.")


def checked_values(columns: Columns) -> list[CtfValues | UnreadableCtf]:
    """The values of each row, or what is wrong with them. CTFFIND writes `inf` as the resolution where no ring fits."""
    nothing = [""] * len(columns["defocus_u"])
    along, across = columns["defocus_u"], columns.get("defocus_v", nothing)
    angle, reach = columns.get("astigmatism_angle", nothing), columns.get("resolution", nothing)
    filled = {
        **columns,
        "defocus_v": [v or u for u, v in zip(along, across, strict=True)],
        "astigmatism_angle": [each or ("" if v else "0") for each, v in zip(angle, across, strict=True)],
        "phase_shift": [each or "0" for each in columns.get("phase_shift", nothing)],
        "resolution": ["inf" if each.lower() in ("", "nan", "-nan") else each for each in reach],
    }
    faults: dict[int, UnreadableCtf] = {}
    *numbers, reaches = (_numbers(column, filled[column], faults) for column in LIMITS)
    values = map(CtfValues, *numbers, (each if 0 < each < inf else None for each in reaches))
    return [faults.get(row, each) for row, each in enumerate(values)]


def _numbers(column: str, written: Sequence[str], faults: dict[int, UnreadableCtf]) -> list[float]:
    """The numbers of a column. Records in `faults` what is wrong with a row."""
    least, most, unit = LIMITS[column]
    numbers = {each: _float(each) for each in set(written)}
    wrong = {each for each, number in numbers.items() if not least <= number <= most}
    for row in [row for row, each in enumerate(written) if each in wrong]:
        each, number = written[row], numbers[written[row]]
        if not each:
            fault = f"{column} is empty."
        elif isfinite(number):
            fault = f"{column} is {number:g}{unit}; it must be from {least} to {most}{unit}."
        else:
            fault = f"{column}: {each!r} is not a number."
        faults.setdefault(row, UnreadableCtf(fault))
    return [numbers[each] for each in written]


def _float(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return nan
