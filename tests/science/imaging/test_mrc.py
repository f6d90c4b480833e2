import struct
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from picking.science.imaging.read import read_micrograph
from tests.science.imaging.test_read import RAMP, mrc_bytes, refusal

IMOD = 1146047817
BYTES = (RAMP + 60).astype("u1")  # 60 to 238
NIBBLES = np.random.default_rng(0).integers(0, 16, (80, 101), np.uint8)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "micrograph.mrc"


def packed(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Two pixels a byte, the first in the low four bits, rows padded to whole bytes."""
    even = np.pad(pixels, ((0, 0), (0, pixels.shape[1] % 2)))
    return np.asarray(even[:, 0::2] | even[:, 1::2] << 4, np.uint8)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("low", "high", "unsigned"),
    [
        (0, 255, True),
        (60, 238, True),
        (0, 5000, True),
        (-1, 200, True),
        (-128, 127, False),
        (-128, 130, False),
        (0, 0, False),
        (0, -1, False),
        (float("nan"), float("nan"), False),
    ],
)
def test_whether_bytes_have_a_sign_is_told_by_the_least_and_the_greatest_in_the_header(
    path: Path, order: Literal["<", ">"], low: float, high: float, unsigned: bool
) -> None:
    path.write_bytes(mrc_bytes(BYTES, 0, order, dmin=low, dmax=high))
    assert (read_micrograph(path).pixels == (BYTES if unsigned else BYTES.view("i1"))).all()


def test_the_flag_of_imod_goes_before_the_least_and_the_greatest(path: Path) -> None:
    path.write_bytes(mrc_bytes(BYTES, 0, "<", dmin=0, dmax=255, imod_stamp=IMOD, imod_flags=1))
    assert (read_micrograph(path).pixels == BYTES.view("i1")).all()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("nx", [100, 101])
def test_four_bits_a_pixel_are_read_low_bits_first(path: Path, order: Literal["<", ">"], nx: int) -> None:
    pixels = NIBBLES[:, :nx]
    path.write_bytes(mrc_bytes(packed(pixels), 101, order, nx=nx))
    micrograph = read_micrograph(path)
    assert (micrograph.pixels == pixels).all()
    assert micrograph.pixel_size == pytest.approx(1.5)


def test_four_bits_in_bytes_of_half_the_width_are_read_where_a_flag_says_so(path: Path) -> None:
    pixels = np.repeat(NIBBLES[:, :100], 2, axis=1)
    path.write_bytes(mrc_bytes(packed(pixels), 0, "<", imod_stamp=IMOD, imod_flags=16))
    assert (read_micrograph(path).pixels == pixels).all()


@pytest.mark.parametrize("kept", [1023, 5000])
def test_a_truncated_file_of_four_bits_is_refused(path: Path, kept: int) -> None:
    path.write_bytes(mrc_bytes(packed(NIBBLES), 101, "<", nx=101)[:kept])
    assert "truncated" in refusal(path)


def test_pixels_are_found_where_the_extended_header_was_left_out(path: Path) -> None:
    content = bytearray(mrc_bytes(RAMP, 2, "<"))
    struct.pack_into("<i", content, 92, 49_920)
    path.write_bytes(content)
    assert (read_micrograph(path).pixels == RAMP).all()


def test_a_file_that_lost_a_part_of_its_extended_header_is_refused(path: Path) -> None:
    path.write_bytes(mrc_bytes(RAMP, 2, "<", nsymbt=2048)[:-1000])
    assert "truncated" in refusal(path)


def test_a_few_pixels_that_are_no_numbers_are_replaced_and_counted(path: Path) -> None:
    pixels = np.tile(RAMP, (3, 3))
    pixels[40, 50] = np.nan
    path.write_bytes(mrc_bytes(pixels, 2, ">"))
    micrograph = read_micrograph(path)
    assert micrograph.replaced == 1
    assert micrograph.pixels[40, 50] == 90
