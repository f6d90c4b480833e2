"""The pixels of a micrograph's own file, which is uploaded or used where it lies."""

from picking import storage
from picking.data_roots import opened, roots_of
from picking.models import Micrograph
from picking.science.imaging import read


def read_source(micrograph: Micrograph) -> read.Micrograph:
    """The image as `read_micrograph` gives it.

    A file used in place must lie where it lay when it was imported, links resolved, or where who imported it may use
    files today: else it could be replaced by a link to anything. Raises UnreadableMicrograph; OSError.
    """
    source = storage.source_path(micrograph)
    if not micrograph.source:
        return read.read_micrograph(source)
    with opened(source, roots_of(micrograph.imported_by), micrograph.lies_at) as file:
        return read.read_micrograph(file)
