"""RELION's micrographs.star and micrographs_ctf.star: one table (3.0 and before), or optics groups (3.1 to 5).

Pixel size: `_rlnMicrographPixelSize` of the optics group; `_rlnMicrographOriginalPixelSize` is that of the movies,
which motion correction may bin, and is not taken. 3.0 has `_rlnDetectorPixelSize` (µm) and `_rlnMagnification`.
Source: RELION's metadata_label.h, motioncorr_runner.cpp and ctffind_runner.cpp; files by 3.0, 3.1 and 5.0.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from picking.science.ctf_file import UnreadableCtf, read_ctf
from picking.science.formats.coordinates import UnreadableCoordinates
from picking.science.formats.star import Block, read_star
from picking.science.imaging.ctf import CtfValues
from picking.science.imaging.micrograph import plausible_pixel_size
from picking.science.lists.listed import MOST_BYTES, ListedMicrograph, MicrographList, Opened, UnreadableList

NAME, UNDOSED, GROUP = "rlnMicrographName", "rlnMicrographNameNoDW", "rlnOpticsGroup"


def read_micrographs_star(path: Path, opened: Opened = nullcontext) -> MicrographList:
    """The micrographs of a STAR file, in its order. Raises UnreadableList; OSError where it cannot be read."""
    with opened(path) as open_path:
        if open_path.stat().st_size > MOST_BYTES:
            raise UnreadableList(
                f"{path.name} is larger than {MOST_BYTES // 1024**2} MiB, which no list of micrographs is."
            )
        content = open_path.read_bytes()
    try:
        blocks = read_star(content.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        raise UnreadableList(f"{path.name} is neither a STAR file nor a data set of cryoSPARC.") from error
    except UnreadableCoordinates as error:
        raise UnreadableList(str(error)) from error
    block = _micrographs(blocks, path.name)
    _require_even(blocks, path.name)
    names = block[NAME]
    ctf, no_ctf = _ctf(path.name, content, names) if "rlnDefocusU" in block else ([None] * len(names), {})
    groups = _of_groups(blocks.get("optics", {}), block.get(GROUP, [""] * len(names)), path.name)
    sizes = _pixel_sizes(block, groups["rlnMicrographPixelSize"])
    undosed = block.get(UNDOSED, [""] * len(names))
    rows = zip(names, undosed, groups["rlnOpticsGroupName"], sizes, ctf, strict=True)
    listed = [ListedMicrograph(n, u, group, pixel_size=size, ctf=values) for n, u, group, size, values in rows]
    return MicrographList("RELION", listed, no_ctf)


def _micrographs(blocks: dict[str, Block], name: str) -> Block:
    """The block that lists micrographs. Raises UnreadableList, saying what the file is instead."""
    with_names = [block for block in blocks.values() if NAME in block]
    for block in with_names:
        if "rlnCoordinateX" in block or "rlnImageName" in block:
            raise UnreadableList(
                f"{name} lists particles. Give the micrographs_ctf.star of CTF estimation, or the "
                "corrected_micrographs.star of motion correction."
            )
        if block[NAME]:
            return block
    if any("rlnMicrographMovieName" in block for block in blocks.values()):
        raise UnreadableList(
            f"{name} lists movies. Correct their motion, and give the corrected_micrographs.star of that job."
        )
    if any("rlnTomoName" in block for block in blocks.values()):
        raise UnreadableList(f"{name} lists tomograms. CryoWeb picks on single micrographs.")
    raise UnreadableList(f"{name} has no table with _{NAME}, so it lists no micrographs.")


def _require_even(blocks: dict[str, Block], name: str) -> None:
    for title, block in blocks.items():
        if len({len(column) for column in block.values()}) > 1:
            raise UnreadableList(f"{name}: the block data_{title} has columns without values.")


def _ctf(path: str, content: bytes, names: Sequence[str]) -> tuple[Sequence[CtfValues | None], dict[str, str]]:
    """The values of each row, and why a row has none. A file without any usable row still lists micrographs."""
    try:
        found = read_ctf(path, content)
    except UnreadableCtf as error:
        return [None] * len(names), dict.fromkeys(names, str(error))
    faults = {written: str(row) for written, row in found if isinstance(row, UnreadableCtf)}
    return [None if isinstance(row, UnreadableCtf) else row for _, row in found], faults


def _of_groups(optics: Block, groups: Sequence[str], name: str) -> dict[str, list[str]]:
    """What the optics table says of the group of each row; empty text where it says nothing."""
    known = {group: row for row, group in enumerate(optics.get(GROUP, ()))}
    if unknown := [group for group in dict.fromkeys(groups) if known and group not in known]:
        raise UnreadableList(f"{name}: there is no optics group {unknown[0]}.")
    columns = {column: optics.get(column) for column in ("rlnOpticsGroupName", "rlnMicrographPixelSize")}
    return {
        column: [values[known[group]] if values and group in known else "" for group in groups]
        for column, values in columns.items()
    }


def _pixel_sizes(block: Block, of_groups: Sequence[str]) -> list[float | None]:
    if "rlnMicrographPixelSize" in block:
        return [_plausible(text) for text in block["rlnMicrographPixelSize"]]
    if {"rlnDetectorPixelSize", "rlnMagnification"} <= block.keys():
        return [
            _plausible(detector, 1e4, magnification)
            for detector, magnification in zip(block["rlnDetectorPixelSize"], block["rlnMagnification"], strict=True)
        ]
    return [_plausible(text) for text in of_groups]


def _plausible(text: str, factor: float = 1.0, divisor: str = "1") -> float | None:
    try:
        return plausible_pixel_size(factor * float(text) / float(divisor))
    except (ValueError, ZeroDivisionError):
        return None
