"""The pixels of a micrograph's own file, which is uploaded or used where it lies."""

from picking import storage
from picking.data_roots import opened, roots_of
from picking.models import Micrograph
from picking.science.imaging import read
from picking.science.imaging.micrograph import Pixels
from picking.science.imaging.pyramid import shows

CHANGED = "the file shows something else than when it was imported. Restore it, or import it anew under another name."


def read_source(micrograph: Micrograph) -> read.Micrograph:
    """The image as `read_micrograph` gives it.

    A file used in place must lie where it lay when it was imported, links resolved, or where who imported it may use
    files today: else it could be replaced by a link to anything. It must show what it showed then, as picks and labels
    are of that. Raises UnreadableMicrograph; OSError.
    """
    source = storage.source_path(micrograph)
    if not micrograph.source:
        return read.read_micrograph(source)
    with opened(source, roots_of(micrograph.imported_by), micrograph.lies_at) as file:
        image = read.read_micrograph(file)
    if image.pixels.shape != (micrograph.height, micrograph.width) or not _shown(micrograph, image.pixels):
        raise read.UnreadableMicrograph(CHANGED)
    return image


def _shown(micrograph: Micrograph, pixels: Pixels) -> bool:
    """Whether people are shown these pixels. Where the pyramid is gone, nobody can tell."""
    try:
        return shows(storage.pyramid_path(micrograph.project_id, micrograph.key), pixels)
    except (OSError, ValueError):
        return True
