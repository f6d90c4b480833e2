"""Binning by Fourier crop: the high frequencies are left out, the grey values stay.

As RELION's `resizeMap` and `windowFourierTransform` (fftw.cpp, fftw.h): the forward transform is divided by the number
of pixels, so the mean and every wave that fits keep their height. A square of frequencies is kept, not a circle. Of
the frequency at the new limit, which stands for both signs, the positive one is taken. The centre, pixel size // 2,
stays the centre.
"""

import os

import numpy as np
from scipy import fft

from picking.science.extract.boxes import Boxes

_THREADS = min(2, os.cpu_count() or 1)


def fourier_cropped(boxes: Boxes, size: int) -> Boxes:
    """(m, box, box) -> (m, size, size), both even."""
    box = boxes.shape[-1]
    if size == box:
        return boxes
    half = size // 2
    # Along x first: three quarters and more of the columns need no second transform.
    along_x = fft.rfft(boxes, axis=2, norm="forward", workers=_THREADS)[:, :, : half + 1]
    spectrum = fft.fft(along_x, axis=1, norm="forward", workers=_THREADS)
    kept = np.concatenate([spectrum[:, : half + 1], spectrum[:, box - half + 1 :]], axis=1)
    small: Boxes = fft.irfft2(kept, s=(size, size), norm="forward", workers=_THREADS)
    return small
