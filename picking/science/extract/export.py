"""RELION particles with their images: a stack of each micrograph's, and one `particles.star`.

Unpacked in RELION's project folder, `CryoWeb/particles.star` is what 2D classification takes. The particles are cut out
of the micrograph as the next program has it: where its rows are counted from the other end, the images are turned with
them. Memory does not grow with the number of particles: a stack waits on the disk until its header is known.
"""

from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from typing import IO

from picking.science.extract.particles import extract_in_parts, kept
from picking.science.extract.settings import BadExtraction, ExtractSettings
from picking.science.extract.stack import write_stack
from picking.science.formats.export import Export, ExportMicrograph
from picking.science.formats.files import PIECE, Pieces, gathered
from picking.science.formats.names import short
from picking.science.formats.relion import FOLDER, below_job
from picking.science.formats.relion_table import Images, ParticleTable
from picking.science.imaging.micrograph import Pixels

_SUFFIX = ".mrcs"


def write_particles(export: Export, settings: ExtractSettings, read: Callable[[ExportMicrograph], Pixels]) -> Pieces:
    """The files of `export`, `particles.star` last. `read` gives the pixels (ny, nx) of a micrograph.

    Micrographs without particles have no stack. Raises BadExtraction, and what `read` raises.
    """
    if export.scale != 1:
        raise BadExtraction("Particles are cut out of the micrographs as they are. Leave the scale at 1.")
    images = Images(settings.size, settings.binning)
    with TemporaryFile("w+", encoding="utf-8", newline="\n") as rows:
        table = ParticleTable(rows, images=images)
        for micrograph, picks in export.placed():
            pixels = read(micrograph)[:: -1 if export.flip_y else 1]
            inside = picks.chosen(kept(pixels.shape, picks.xy, settings))
            if not len(inside):
                continue
            path = "/".join([FOLDER, "Particles", *below_job(export), short(micrograph.name, _SUFFIX) + _SUFFIX])
            parts = extract_in_parts(pixels, inside.xy, settings)
            with TemporaryFile() as stack:
                write_stack(stack, parts, micrograph.pixel_size * settings.binning, settings.half_precision)
                yield from ((path, piece) for piece in _pieces(stack))
            table.add(micrograph, export.listed_name(micrograph), inside, path)
        yield from gathered(f"{FOLDER}/particles.star", table.texts())


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece
