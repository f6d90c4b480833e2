"""RELION 3.1 to 5, manual picks: one `<name>_manualpick.star` for each micrograph with picks, and an index.

As picks of `relion`, but as RELION's manual picking saves them: the particle type is 1 (of 6 colours), the angle -999
and the figure of merit 0, so that scores are lost. The index is `CryoWeb/manualpick.star`.
Source: RELION's displayer.cpp and pipeline_jobs.cpp.
"""

from picking.science.formats import relion
from picking.science.formats.coordinates import Coordinates
from picking.science.formats.decimals import rows_of
from picking.science.formats.export import Export
from picking.science.formats.files import Pieces
from picking.science.formats.names import short
from picking.science.formats.relion import parse
from picking.science.formats.star import star_columns

__all__ = ["parse", "recognises", "stem", "write"]

_COLUMNS = (
    "rlnCoordinateX",
    "rlnCoordinateY",
    "rlnParticleSelectionType",
    "rlnAnglePsi",
    "rlnAutopickFigureOfMerit",
)


def write(export: Export) -> Pieces:
    """The files of `export`, the index last."""
    return relion.write_pick_set(export, "manualpick", _COLUMNS, _rows)


def recognises(head: bytes) -> bool:
    """Whether a file is one of a micrograph's manual picks."""
    return any({"rlnCoordinateX", "rlnParticleSelectionType"} <= block for block in star_columns(head))


def stem(name: str) -> str:
    """The name of a file of coordinates, without `_manualpick.star`."""
    return short(name, "_manualpick.star")


def _rows(picks: Coordinates) -> str:
    return rows_of(*picks.xy.T, "1", "-999.000000", "0.000000")
