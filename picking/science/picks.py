"""The Picks array and the one coordinate convention of CryoWeb.

A coordinate is the centre of a particle in full-resolution pixels, 0-based array indices of the stored image:
x is the column, y the row, and row 0 comes first in the file. Corners, flips and other scales exist only
inside `formats`.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]
"""(n, 2): x, y."""

Picks = NDArray[np.float32]
"""(n, 4): x, y, particle score, contamination score. Both scores lie in [0, 1]."""

NEAR = 0.4
"""Two places closer than this many particle diameters are the same particle (the benchmark's rule)."""

_PACKED = np.dtype("<f4")


def as_points(places: ArrayLike) -> Points:
    """Any sequence of (x, y), the empty one too, as an (n, 2) float64 array."""
    return np.asarray(places, np.float64).reshape(-1, 2)


def as_picks(rows: ArrayLike) -> Picks:
    """Any sequence of (x, y, particle score, contamination score), the empty one too, as an (n, 4) array."""
    return np.asarray(rows, np.float32).reshape(-1, 4)


def combined_score(picks: Picks) -> NDArray[np.float32]:
    """(n,): particle score times (1 - contamination score), by which curves and exports rank picks."""
    score: NDArray[np.float32] = picks[:, 2] * (np.float32(1) - picks[:, 3])
    return score


def pack(picks: Picks) -> bytes:
    """The rows as little-endian float32, 16 bytes each: how picks are stored and sent."""
    return np.ascontiguousarray(as_picks(picks), _PACKED).tobytes()


def unpack(packed: bytes) -> Picks:
    """The inverse of `pack`. Raises ValueError unless the bytes are a whole number of rows."""
    return as_picks(np.frombuffer(packed, _PACKED).astype(np.float32))
