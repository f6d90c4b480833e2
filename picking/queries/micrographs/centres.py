"""Local centres: the centres of the blobs in people's boxes."""

import numpy as np

from picking import storage
from picking.models import Micrograph
from picking.queries.micrographs.marks import particle_labels
from picking.refusals import Refused
from picking.science.imaging.centre import level_for, local_centres
from picking.science.imaging.pyramid import level_shapes, open_level
from picking.science.picks import Points


def centres_near(micrograph: Micrograph, points: Points, reader: int | None) -> Points:
    """(n, 2): for each of the places (n, 2) the centre of the blob in the box around it, on the image.

    What blobs look like is told by the labels that the reader sees.
    Raises Refused while the pixel size is unknown.
    """
    if micrograph.diameter_px is None:
        raise Refused("The files do not state their pixel size. Set it in the project settings first.")
    width, height = micrograph.width, micrograph.height
    last = (width - 1, height - 1)
    level = level_for(micrograph.diameter_px, len(level_shapes(width, height)))
    pixels = open_level(storage.pyramid_path(micrograph.project_id, micrograph.key), width, height, level)
    on_image = np.clip(points, 0, last)
    labels = particle_labels(micrograph, reader)
    return np.clip(local_centres(pixels, level, on_image, micrograph.diameter_px, labels), 0, last)
