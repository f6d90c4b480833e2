"""The score maps of a micrograph, stored with its pyramid for people to look at."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from picking import storage
from picking.files import written_whole
from picking.models import Micrograph, Source
from picking.science.imaging.network_input import NetworkInput
from picking.science.nets import score_png

KEPT = 4
"""Files per micrograph: the maps of its last two trainings."""


def keep_score_maps(
    micrograph: Micrograph, source: Source, image: NetworkInput, maps: Mapping[str, NDArray[np.float32]]
) -> None:
    """Writes the maps as pictures and drops those of older trainings. Nothing is written for a removed micrograph."""
    folder = storage.micrograph_folder(micrograph.project_id, micrograph.key)
    if not folder.is_dir():
        return
    for network, scores in maps.items():
        path = storage.score_map_path(micrograph.project_id, micrograph.key, source.training_id or 0, network)
        with written_whole(path) as unfinished:
            unfinished.write_bytes(score_png(scores, image))
    newest_first = sorted(folder.glob("scores-*.png"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for older in newest_first[KEPT:]:
        older.unlink(missing_ok=True)
