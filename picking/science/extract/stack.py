"""A stack of particles as MRC: one `.mrcs` for each micrograph.

Source: Cheng et al. (2015), MRC2014: an image stack has ISPG 0 and MZ 1. The header comes first in the file, but tells
the statistics of all images, so it is written last.
"""

from collections.abc import Iterable
from typing import IO, Any

import mrcfile.dtypes
import mrcfile.utils
import numpy as np

from picking.science.extract.boxes import Boxes

_HEADER: np.dtype[np.void] = mrcfile.dtypes.HEADER_DTYPE


def write_stack(file: IO[bytes], parts: Iterable[Boxes], pixel_size: float, half_precision: bool = False) -> int:
    """Writes all particles of `parts` to the empty `file`, part by part, and returns how many there were.

    `pixel_size`: Å, that of the particles. `half_precision`: MRC mode 12 instead of 2. Without particles nothing is
    written, as MRC has no empty stack.
    """
    dtype = np.dtype("<f2" if half_precision else "<f4")
    least, most = np.inf, -np.inf
    means, variances = list[np.ndarray](), list[np.ndarray]()
    size = 0
    for boxes in parts:
        if not means:
            file.write(bytes(_HEADER.itemsize))
        size = boxes.shape[-1]
        file.write(boxes.astype(dtype).tobytes())
        least, most = min(least, boxes.min()), max(most, boxes.max())
        means.append(boxes.mean(axis=(1, 2)))
        variances.append(boxes.var(axis=(1, 2)))
    if not means:
        return 0
    every = np.concatenate(means).astype(np.float64)
    deviation = np.sqrt(np.concatenate(variances).mean(dtype=np.float64) + every.var())
    file.seek(0)
    file.write(_header(len(every), size, dtype, pixel_size, (least, most, every.mean(), deviation)).tobytes())
    return len(every)


def _header(
    count: int, size: int, dtype: np.dtype[Any], pixel_size: float, statistics: tuple[float, ...]
) -> np.ndarray:
    header = np.zeros((), _HEADER)
    header["nx"] = header["ny"] = header["mx"] = header["my"] = size
    header["nz"], header["mz"] = count, 1
    header["mode"] = mrcfile.utils.mode_from_dtype(dtype)
    header["cella"] = (size * pixel_size, size * pixel_size, pixel_size)
    header["cellb"] = (90, 90, 90)
    header["mapc"], header["mapr"], header["maps"] = 1, 2, 3
    header["dmin"], header["dmax"], header["dmean"], header["rms"] = statistics
    header["nversion"], header["map"] = 20141, b"MAP "
    header["machst"] = mrcfile.utils.machine_stamp_from_byte_order("<")
    return header
