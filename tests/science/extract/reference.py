"""Extraction written out pixel by pixel in float64, from the text of RELION's source: slow, and nothing of ours."""

import numpy as np

Image = np.ndarray


def boxed(image: Image, x: float, y: float, box: int) -> Image:
    """`extractParticlesFromOneMicrograph`: pixels outside repeat the nearest inside."""
    ny, nx = image.shape
    result = np.empty((box, box))
    for i in range(box):
        for j in range(box):
            row, column = int(y) - box // 2 + i, int(x) - box // 2 + j
            result[i, j] = image[min(max(row, 0), ny - 1), min(max(column, 0), nx - 1)]
    return result


def cropped(image: Image, size: int) -> Image:
    """`resizeMap`: the sum over all frequencies kept, each written as a wave."""
    box, half = len(image), size // 2
    frequencies = np.arange(-half + 1, half + 1)
    forward = np.exp(-2j * np.pi * np.outer(frequencies, np.arange(box)) / box) / box
    spectrum = forward @ image @ forward.T
    back = np.exp(2j * np.pi * np.outer(np.arange(size), frequencies) / size)
    # From the half with x >= 0, as FFTW's c2r does: what it is given for 0 and the limit along x counts once, as real.
    along_y = back @ spectrum
    twice = np.where((frequencies > 0) & (frequencies < half), 2, np.where(frequencies >= 0, 1, 0))
    limit = np.isin(frequencies, (0, half))
    along_y = np.where(limit, along_y.real, along_y)
    return np.asarray(((along_y * twice) @ back.T).real)


def normalised(image: Image, radius: int, ramp: bool) -> Image:
    """`normalise` without dust."""
    size = len(image)
    places = [(i - size // 2, j - size // 2) for i in range(size) for j in range(size)]
    background = [(i, j) for i, j in places if i * i + j * j > radius * radius]
    image = image.copy()
    if ramp:
        values = [image[i + size // 2, j + size // 2] for i, j in background]
        (a, b, c), *_ = np.linalg.lstsq(np.array([(j, i, 1) for i, j in background]), np.array(values), rcond=None)
        for i, j in places:
            image[i + size // 2, j + size // 2] -= a * j + b * i + c
    values = [image[i + size // 2, j + size // 2] for i, j in background]
    return np.asarray((image - np.mean(values)) / np.std(values))
