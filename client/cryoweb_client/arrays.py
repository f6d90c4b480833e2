"""Labels and picks as NumPy arrays. The client itself does not need NumPy."""

import io
from typing import TYPE_CHECKING, Any

from cryoweb_client.errors import CryoWebError

if TYPE_CHECKING:
    import numpy as np

NPY = "application/x-npy"


def numpy() -> Any:
    """The module. Raises CryoWebError where it is not installed."""
    try:
        import numpy as np
    except ImportError:
        raise CryoWebError("Arrays need NumPy: pip install 'cryoweb-client[arrays]'") from None
    return np


def read_array(content: bytes) -> "np.ndarray":
    """What a `.npy` file holds."""
    array: np.ndarray = numpy().load(io.BytesIO(content), allow_pickle=False)
    return array


def write_array(array: "np.ndarray") -> bytes:
    """The same as the bytes of a `.npy` file."""
    file = io.BytesIO()
    numpy().save(file, array, allow_pickle=False)
    return file.getvalue()
