"""cryoSPARC: `picks.cs`, a table of all particles, and `picks.csg`, the group file that cryoSPARC imports it by.

Centres are fractions of the width and the height of the micrograph, counted as its rows are stored:
row = location/center_y_frac * ny, so that the particle at (x, y) of RELION's particles has x / nx and y / ny. Sources
disagree whether y is upside down: cryosparc-tools' examples take fractions of the array as it is read; pyem (issues 81,
101) says that cryoSPARC counts from the lower left, inverts y when it imports RELION's files, and that its Patch Motion
writes micrographs upside down beside those of MotionCor and SerialEM. So `flip_y` is a choice, as in every format, and
never a guess. Fractions are float32: on 16,384 pixels half a thousandth of a pixel is lost.

The score, `Coordinates.merit`, is `pick_stats/ncc_score` and `pick_stats/power`: Inspect Picks has a threshold for
each, and sets Topaz's score by that of the power ("Job: Topaz Extract" in its guide). Public scripts that bring picks
of crYOLO to it put the score into both, or into ncc_score alone beside a power of 0; none leaves power out, as
cryosparc-tools allocates every field of a result, and its API refuses a table without one (vesicle-picker, issue 8). So
all fields of pick_stats are there; template and angle are 0. Whether Inspect Picks would do without power is written
nowhere.

A UID is a digest of the micrograph and the place, so that a particle has the same one in every export; the micrograph's
is that of the list it was imported from, else it is taken from its file name if cryoSPARC has put it there.
Shifts found by an alignment (`alignments2D/shift`, `alignments3D/shift`) are left alone when reading.
Source: cryosparc-tools' dataset, and files that cryoSPARC has exported.
"""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from picking.science.formats import cryosparc_group as group
from picking.science.formats.coordinates import Found, UnreadableCoordinates
from picking.science.formats.cryosparc_table import Table, described, found_in, is_table
from picking.science.formats.export import Export, ExportMicrograph
from picking.science.formats.files import Files, Pieces, packed

FILE, GROUP = "picks.cs", "picks.csg"

_UID_PREFIX = re.compile(r"(\d{18,21})_")
_ROWS = 10_000
"""So many are written at a time."""

_WAITING = np.dtype([("uid", "<u8"), ("x", "<f4"), ("y", "<f4"), ("score", "<f4")])
"""What is kept of a particle until the number of all and the longest path are known."""

Words = NDArray[np.uint64]


class _Written(NamedTuple):
    """A micrograph whose particles wait. `shape`: (ny, nx)."""

    path: bytes
    uid: int
    shape: tuple[int, int]
    pixel_size: float
    number: int


def write(export: Export) -> Pieces:
    """Two files. Raises UnreadableCoordinates where the size of a micrograph is not known."""
    with TemporaryFile() as waiting:
        micrographs = list(_waiting(export, waiting))
        number = sum(each.number for each in micrographs)
        yield from packed(FILE, _table(export, micrographs, waiting))
    yield GROUP, group.write(FILE, ("location", "pick_stats"), number, export.made_at)


def parse(files: Files) -> Iterator[Found]:
    """Coordinates by `location/micrograph_path`. Raises UnreadableCoordinates.

    Files without locations are passed over beside one that has them: cryoSPARC's jobs write them apart (passthrough).
    """
    tables: dict[str, Table] = {}
    groups = {}
    for path, opened in files.items():
        with opened() as file:
            is_group = group.is_group(file.read(group.MOST))
            file.seek(0)
            if is_group:
                groups[path] = group.read(path, file)
            else:
                tables[path] = described(path, file)
    for path, results in groups.items():
        group.check(path, results, {table: each.rows for table, each in tables.items()})
    located = [each for each in tables.values() if each.has_locations]
    if not located:
        raise UnreadableCoordinates(
            f"{', '.join(tables)} holds no particle locations. In cryoSPARC, export the particles group (its outputs "
            "“location” and, for scores, “pick_stats”) and import that .cs file, or the passthrough file beside it."
        )
    for table in located:
        with files[table.path]() as file:
            yield from found_in(table, file)


def recognises(head: bytes) -> bool:
    """Whether a file is a table of cryoSPARC, or a group file."""
    return is_table(head) or group.is_group(head)


def stem(name: str) -> str:
    """The name itself."""
    return name


def micrograph_uid(file_name: str) -> int:
    """The number before the name that cryoSPARC gives its files, else a digest of the name; never 0."""
    written = _UID_PREFIX.match(file_name.rpartition("/")[2])
    if written and 0 < int(written[1]) < 1 << 64:
        return int(written[1])
    return int.from_bytes(sha256(file_name.encode()).digest()[:8], "little") or 1


def particle_uids(micrograph: int, places: Words) -> Words:
    """(n,): a UID for each place, (n,) of 64 bits. Particles at one place have different ones."""
    first, inverse = np.unique(places, return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    starts = np.searchsorted(inverse[order], np.arange(len(first)))
    repeats = np.empty(len(places), np.uint64)
    repeats[order] = np.arange(len(places)) - starts[inverse[order]]
    whose = _mixed(np.array([micrograph], np.uint64))
    return _mixed(_mixed(places ^ whose) + repeats)


def _mixed(words: Words) -> Words:
    """A permutation of the 64-bit numbers without visible order: the last steps of SplitMix64 (Steele et al. 2014)."""
    words = words + np.uint64(0x9E3779B97F4A7C15)
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def _waiting(export: Export, file: IO[bytes]) -> Iterator[_Written]:
    """Writes what is known of the particles of each micrograph, and yields the micrograph."""
    used = set[int]()
    for micrograph, picks in export.placed():
        name = export.listed_name(micrograph)
        uid = micrograph.cryosparc_uid or micrograph_uid(name)
        if uid in used:  # two files may have one prefix, as a micrograph and its denoised version do
            uid = micrograph_uid("/" + name + "/")
        used.add(uid)
        nx, ny = _size(export, micrograph)
        rows = np.empty(len(picks), _WAITING)
        rows["x"], rows["y"] = (picks.xy / (nx, ny)).T
        rows["score"] = picks.merit
        rows["uid"] = particle_uids(uid, _places(rows))
        file.write(rows.tobytes())
        yield _Written(name.encode(), uid, (ny, nx), micrograph.pixel_size * export.scale, len(picks))


def _places(rows: NDArray[Any]) -> Words:
    x, y = (np.ascontiguousarray(rows[axis]).view("<u4").astype(np.uint64) for axis in "xy")
    return x << np.uint64(32) | y


def _size(export: Export, micrograph: ExportMicrograph) -> tuple[int, int]:
    """(nx, ny) of the next program's image in whole pixels, of which the fractions are."""
    if not micrograph.width or not micrograph.height:
        raise UnreadableCoordinates(
            f"The size of {micrograph.name} is not known, and .cs files hold places as fractions of it. Give the size."
        )
    width, height = export.size(micrograph)
    return max(1, round(width)), max(1, round(height))


def _dtype(longest: int) -> np.dtype[Any]:
    return np.dtype(
        [
            ("uid", "<u8"),
            ("location/micrograph_uid", "<u8"),
            ("location/exp_group_id", "<u4"),
            ("location/micrograph_path", f"S{max(1, longest)}"),
            ("location/micrograph_shape", "<u4", (2,)),
            ("location/micrograph_psize_A", "<f4"),
            ("location/center_x_frac", "<f4"),
            ("location/center_y_frac", "<f4"),
            ("location/min_dist_A", "<f4"),
            ("pick_stats/ncc_score", "<f4"),
            ("pick_stats/power", "<f4"),
            ("pick_stats/template_idx", "<u4"),
            ("pick_stats/angle_rad", "<f4"),
        ]
    )


def _head(dtype: np.dtype[Any], number: int) -> bytes:
    with BytesIO() as file:
        np.lib.format.write_array_header_1_0(
            file, {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False, "shape": (number,)}
        )
        return file.getvalue()


def _table(export: Export, micrographs: Sequence[_Written], waiting: IO[bytes]) -> Iterator[bytes]:
    dtype = _dtype(max((len(each.path) for each in micrographs), default=0))
    yield _head(dtype, sum(each.number for each in micrographs))
    waiting.seek(0)
    for micrograph in micrographs:
        for start in range(0, micrograph.number, _ROWS):
            count = min(_ROWS, micrograph.number - start)
            rows = np.frombuffer(waiting.read(count * _WAITING.itemsize), _WAITING)
            yield _rows(micrograph, rows, dtype, export.particle_diameter).tobytes()


def _rows(micrograph: _Written, waiting: NDArray[Any], dtype: np.dtype[Any], diameter: float) -> NDArray[Any]:
    rows = np.zeros(len(waiting), dtype)
    rows["uid"] = waiting["uid"]
    rows["location/micrograph_uid"] = micrograph.uid
    rows["location/exp_group_id"] = 1
    rows["location/micrograph_path"] = micrograph.path
    rows["location/micrograph_shape"] = micrograph.shape
    rows["location/micrograph_psize_A"] = micrograph.pixel_size
    rows["location/center_x_frac"], rows["location/center_y_frac"] = waiting["x"], waiting["y"]
    rows["location/min_dist_A"] = diameter
    rows["pick_stats/ncc_score"] = rows["pick_stats/power"] = waiting["score"]
    return rows
