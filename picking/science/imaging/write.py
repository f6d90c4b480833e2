"""Write a micrograph as MRC."""

from pathlib import Path
from typing import Literal

import mrcfile
import numpy as np

from picking.science.imaging.micrograph import Pixels

_TYPES = {0: np.int8, 1: np.int16, 2: np.float32, 6: np.uint16, 12: np.float16}
_LIMITS = {0: (-128, 127), 1: (-32768, 32767), 6: (0, 65535)}


def write_mrc(path: Path, pixels: Pixels, pixel_size: float, mode: Literal[0, 1, 2, 6, 12] = 2) -> None:
    """`pixels` (ny, nx) as one image of that MRC mode, overwriting; `pixel_size` in Ångström.

    Whole-number modes round and clip. Mode numbers: `mrcfile`, MRC2014.
    """
    if mode in _LIMITS:
        pixels = np.clip(np.rint(pixels), *_LIMITS[mode])
    with mrcfile.new(path, pixels.astype(_TYPES[mode]), overwrite=True) as file:
        file.voxel_size = pixel_size
