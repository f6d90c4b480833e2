"""Lists of micrographs that other programs write: RELION's STAR, cryoSPARC's exposures."""

from contextlib import nullcontext
from pathlib import Path

from picking.science.formats.cryosparc_table import is_table
from picking.science.lists.cryosparc import read_exposures
from picking.science.lists.listed import ListedMicrograph, MicrographList, Opened, UnreadableList
from picking.science.lists.relion import read_micrographs_star

__all__ = ["EXTENSIONS", "ListedMicrograph", "MicrographList", "UnreadableList", "read_list"]

EXTENSIONS = (".star", ".cs")
"""Of the files offered as lists. What a file is follows from its content."""


def read_list(path: Path, opened: Opened = nullcontext) -> MicrographList:
    """The micrographs that a file names. Raises UnreadableList; OSError where it cannot be read.

    `opened` is asked before any file is read: this one, and those beside it that belong to it.
    """
    with opened(path) as open_path, open_path.open("rb") as file:
        of_cryosparc = is_table(file.read(1024))
    return read_exposures(path, opened) if of_cryosparc else read_micrographs_star(path, opened)
