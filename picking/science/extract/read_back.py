"""Whether stacks of particles hold what their table names, as other programs will read them."""

from collections.abc import Mapping

import mrcfile.dtypes
import mrcfile.utils
import numpy as np

from picking.science.formats.files import Files
from picking.science.formats.read_back import WrittenWrong
from picking.science.formats.star import parts_of

_HEADER = mrcfile.dtypes.HEADER_DTYPE
_IMAGE = "rlnImageName"


def check_stacks(table: str, files: Files, sizes: Mapping[str, int]) -> None:
    """Raises WrittenWrong where `files` are not the stacks that `table`, a STAR file among them, names image by image.

    The images of a stack are counted from 1, in the order of the rows. `sizes`: bytes of each file. Pixels are not
    compared: that would be to extract them again.
    """
    named: dict[str, int] = {}
    for part in parts_of(files, table):
        for image in part.columns.get(_IMAGE, ()):
            number, _, stack = image.partition("@")
            if int(number) != named.get(stack, 0) + 1:
                raise WrittenWrong(f"Read back, {table} names image {image} out of order.")
            named[stack] = int(number)
    stacks = {path for path in files if path.endswith(".mrcs")}
    if odd := stacks ^ {*named}:
        raise WrittenWrong(f"Read back, {min(odd)} is a stack that is not there, or that {table} does not name.")
    for stack, count in named.items():
        _check(stack, count, files, sizes[stack])


def _check(stack: str, count: int, files: Files, size: int) -> None:
    with files[stack]() as file:
        header = np.frombuffer(file.read(_HEADER.itemsize), _HEADER)[0]
    pixel = mrcfile.utils.dtype_from_mode(header["mode"]).itemsize
    right = _HEADER.itemsize + count * int(header["nx"]) * int(header["ny"]) * pixel
    if int(header["nz"]) != count or size != right:
        raise WrittenWrong(f"Read back, {stack} does not hold the {count:,} images that are named of it.")
