"""Lists of micrographs that other programs write: RELION's STAR, cryoSPARC's exposures."""

from pathlib import Path

from picking.science.lists.cryosparc import read_exposures
from picking.science.lists.listed import ListedMicrograph, MicrographList, UnreadableList
from picking.science.lists.relion import read_micrographs_star

__all__ = ["EXTENSIONS", "ListedMicrograph", "MicrographList", "UnreadableList", "read_list"]

EXTENSIONS = (".star", ".cs")
"""Of the files offered as lists. What a file is follows from its content."""


def read_list(path: Path) -> MicrographList:
    """The micrographs that a file names. Raises UnreadableList; OSError where it cannot be read."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"\x93NUMPY"):
        return read_exposures(path)
    if start.startswith(b"\x94CSDAT"):
        raise UnreadableList(
            f"{path.name} is in cryoSPARC's packed format. Export the exposures from the job's outputs instead, or "
            "save them with cryosparc-tools in NumPy's format."
        )
    return read_micrographs_star(path)
