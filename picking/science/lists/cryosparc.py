"""cryoSPARC's exposures (`.cs`): structured arrays of NumPy; columns of earlier jobs are in passthrough files, by uid.

Paths are below the folder of the cryoSPARC project; older versions put `>` before them. `micrograph_blob` is the sum
with dose weighting, where there is one, and `micrograph_blob_non_dw` the sum without. Angles are in radians and are
counted as RELION's. Sources: cryosparc-tools' documentation of data sets; pyem's conversion of CTF values.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from picking.science.ctf_file import UnreadableCtf, checked_values
from picking.science.formats.coordinates import UnreadableCoordinates
from picking.science.formats.cryosparc_table import described
from picking.science.imaging.ctf import CtfValues
from picking.science.imaging.micrograph import plausible_pixel_size
from picking.science.lists.listed import MOST_BYTES, ListedMicrograph, MicrographList, Opened, UnreadableList

UID, PATH, UNDOSED = "uid", "micrograph_blob/path", "micrograph_blob_non_dw/path"
PIXEL_SIZE, UNDOSED_PIXEL_SIZE = "micrograph_blob/psize_A", "micrograph_blob_non_dw/psize_A"
CTF_COLUMNS = {
    "defocus_u": "ctf/df1_A",
    "defocus_v": "ctf/df2_A",
    "astigmatism_angle": "ctf/df_angle_rad",
    "voltage": "ctf/accel_kv",
    "spherical_aberration": "ctf/cs_mm",
    "amplitude_contrast": "ctf/amp_contrast",
    "phase_shift": "ctf/phase_shift_rad",
}
RESOLUTION = "ctf_stats/ctf_fit_to_A"
_RADIANS = ("astigmatism_angle", "phase_shift")
_WANTED = (PATH, UNDOSED, PIXEL_SIZE, UNDOSED_PIXEL_SIZE, *CTF_COLUMNS.values(), RESOLUTION)

Columns = Mapping[str, NDArray[Any]]


def read_exposures(path: Path, opened: Opened = nullcontext) -> MicrographList:
    """The exposures of a data set, with what its passthrough files say of them. Raises UnreadableList, OSError."""
    columns = _joined(path, opened)
    rows = len(columns[UID])
    column = PATH if PATH in columns else UNDOSED
    if column not in columns:
        kind = "particles" if "blob/path" in columns or "location/micrograph_path" in columns else "no micrographs"
        raise UnreadableList(
            f"{path.name} lists {kind}: it has no {PATH}, and neither has a passthrough file beside it. "
            "Give the exposures of a motion correction, CTF estimation or curation job."
        )
    sizes = columns.get(PIXEL_SIZE if column == PATH else UNDOSED_PIXEL_SIZE, np.full(rows, np.nan))
    undosed = _texts(columns[UNDOSED]) if UNDOSED in columns and column == PATH else [""] * rows
    names = [_below_project(each) for each in _texts(columns[column])]
    values = _ctf(columns)
    faults = {name: str(each) for name, each in zip(names, values, strict=True) if isinstance(each, UnreadableCtf)}
    ctf = [None if isinstance(each, UnreadableCtf) else each for each in values]
    listed = [
        ListedMicrograph(
            path=name,
            undosed=_below_project(undosed[row]),
            uid=str(int(columns[UID][row])),
            pixel_size=plausible_pixel_size(float(str(sizes[row]))),
            ctf=ctf[row],
        )
        for row, name in enumerate(names)
        if name
    ]
    if not listed:
        raise UnreadableList(f"{path.name} names no micrographs.")
    return MicrographList("cryoSPARC", listed, faults)


def _joined(path: Path, opened: Opened) -> Columns:
    """The wanted columns of the rows of a data set: its own, else those of passthrough files in its folder."""
    own = _read(path, _WANTED, opened)
    missing = [column for column in _WANTED if column not in own]
    joined = dict(own)
    for other in _passthroughs(path):
        try:
            with opened(other) as open_path, open_path.open("rb") as file:
                found = described(other.name, file).names
        except (OSError, UnreadableCoordinates):
            continue  # another file of that folder
        brought = [column for column in missing if column in found and column not in joined]
        if not brought or UID not in found:
            continue
        joined.update(_matched(own[UID], _read(other, brought, opened), brought))
    return joined


def _matched(uids: NDArray[Any], other: Columns, columns: Collection[str]) -> Iterator[tuple[str, NDArray[Any]]]:
    """Columns of another data set in the order of `uids`; none unless it has all of these rows."""
    order = np.argsort(other[UID], kind="stable")
    place = np.searchsorted(other[UID], uids, sorter=order)
    rows = order[np.minimum(place, len(order) - 1)] if len(order) else order
    if len(rows) == len(uids) and (other[UID][rows] == uids).all():
        yield from ((column, other[column][rows]) for column in columns)


def _passthroughs(path: Path) -> list[Path]:
    """Data sets of the same job, those named passthrough first."""
    others = [other for other in path.parent.glob("*.cs") if other != path and "exposure" in other.name]
    return sorted(others, key=lambda other: ("passthrough" not in other.name, other.name))


def _read(path: Path, columns: Collection[str], opened: Opened) -> Columns:
    try:
        with opened(path) as open_path, open_path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > MOST_BYTES:
                raise UnreadableList(
                    f"{path.name} is larger than {MOST_BYTES // 1024**2} MiB, which no list of exposures is."
                )
            table = described(path.name, file)
            file.seek(table.start)
            rows = np.fromfile(file, table.dtype, table.rows)
    except UnreadableCoordinates as error:
        raise UnreadableList(str(error)) from error
    names = rows.dtype.names or ()
    if UID not in names:
        raise UnreadableList(f"{path.name} has no column uid, so it is no data set of cryoSPARC.")
    kept = [UID, *(column for column in columns if column in names)]
    others = [name for name in ("blob/path", "location/micrograph_path") if name in names]
    try:
        return {name: _native(rows[name]) for name in [*kept, *others]}
    except (TypeError, ValueError) as error:
        raise UnreadableList(f"{path.name} cannot be read: a column is of an unexpected kind.") from error


def _native(column: NDArray[Any]) -> NDArray[Any]:
    """One value a row, in this machine's byte order."""
    if column.ndim != 1 or column.dtype.kind not in "biufSU":
        raise TypeError
    return column.astype(column.dtype.newbyteorder("="))


def _texts(column: NDArray[Any]) -> list[str]:
    """Bytes or text, as text; bytes as file systems have them."""
    return [os.fsdecode(each) if isinstance(each, bytes) else str(each) for each in column.tolist()]


def _below_project(path: str) -> str:
    return path.removeprefix(">")


def _ctf(columns: Columns) -> list[CtfValues | UnreadableCtf | None]:
    """The values of each row, or why it has none; None for all where CTF was not estimated, or all defoci are 0."""
    needed = set(CTF_COLUMNS.values()) - {"ctf/phase_shift_rad"}
    if not needed <= columns.keys() or not columns["ctf/df1_A"].any():
        return [None] * len(columns[UID])
    numbers = {ours: columns[theirs] for ours, theirs in CTF_COLUMNS.items() if theirs in columns}
    numbers.update({ours: np.degrees(numbers[ours]) for ours in _RADIANS if ours in numbers})
    if RESOLUTION in columns:
        numbers["resolution"] = columns[RESOLUTION]
    # As text, single-precision numbers have the digits that somebody wrote: 2.7, not 2.700000047683716.
    return list(checked_values({ours: [str(each) for each in values] for ours, values in numbers.items()}))
