"""The final picks with their images, cut out of the micrographs' files."""

from collections.abc import Callable

from picking.in_place import read_source
from picking.queries.exports.export import Outgoing
from picking.refusals import Refused
from picking.science.extract.export import write_particles
from picking.science.extract.settings import ExtractSettings
from picking.science.formats import Export, ExportMicrograph
from picking.science.formats.files import Pieces
from picking.science.imaging.micrograph import Pixels
from picking.science.imaging.read import UnreadableMicrograph


def particle_files(going: Outgoing, export: Export, settings: ExtractSettings) -> Pieces:
    """Stacks and `particles.star` (science/extract/export.py), a micrograph at a time.

    Raises Refused when the turn comes to a micrograph whose file is gone or damaged.
    """
    return write_particles(export, settings, _reader(going))


def _reader(going: Outgoing) -> Callable[[ExportMicrograph], Pixels]:
    rows = {each.pk: each for each in going.project.micrographs.select_related("imported_by")}

    def read(micrograph: ExportMicrograph) -> Pixels:
        try:
            return read_source(rows[going.ids[micrograph.name]]).pixels
        except UnreadableMicrograph as reason:
            raise Refused(f"{micrograph.name}: {reason}") from reason
        except OSError as error:
            gone = f"{micrograph.name} can no longer be read ({error.strerror}). Restore its file or exclude it."
            raise Refused(gone) from error

    return read
