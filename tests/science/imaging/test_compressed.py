"""MRC in gzip or bzip2."""

import bz2
import gzip
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from picking.science.imaging.read import read_header, read_micrograph
from tests.science.imaging.test_read import RAMP, mrc_bytes, refusal

Compress = Callable[[bytes], bytes]
MEGABYTE = 1 << 20


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "micrograph"


@pytest.fixture(params=[gzip.compress, bz2.compress], ids=["gzip", "bzip2"])
def compress(request: pytest.FixtureRequest) -> Compress:
    compress: Compress = request.param
    return compress


def test_it_is_read_like_the_file_inside(path: Path, compress: Compress) -> None:
    path.write_bytes(compress(mrc_bytes(RAMP, 2, ">", nsymbt=2048)))
    micrograph = read_micrograph(path)
    assert (micrograph.pixels == RAMP).all()
    assert micrograph.pixel_size == pytest.approx(1.5)
    assert (read_header(path).width, read_header(path).height) == (100, 80)


def test_it_is_read_without_the_extended_header_that_its_header_tells_of(path: Path, compress: Compress) -> None:
    content = bytearray(mrc_bytes(RAMP, 2, "<"))
    struct.pack_into("<i", content, 92, 49_920)
    path.write_bytes(compress(bytes(content)))
    assert (read_micrograph(path).pixels == RAMP).all()


def test_a_few_pixels_that_are_no_numbers_are_replaced(path: Path, compress: Compress) -> None:
    pixels = np.tile(RAMP, (3, 3))
    pixels[40, 50] = np.nan
    path.write_bytes(compress(mrc_bytes(pixels, 2, "<")))
    assert read_micrograph(path).replaced == 1


@pytest.mark.parametrize("kept", [0.001, 0.02, 0.5, 0.999])
def test_one_that_is_cut_short_is_refused(path: Path, compress: Compress, kept: float) -> None:
    content = compress(mrc_bytes(RAMP, 2, "<"))
    path.write_bytes(content[: max(4, int(kept * len(content)))])
    assert "copy it again" in refusal(path)


def test_one_whose_checksum_is_wrong_is_refused(path: Path) -> None:
    content = bytearray(gzip.compress(mrc_bytes(RAMP, 2, "<")))
    content[-8] ^= 1
    path.write_bytes(content)
    assert "damaged" in refusal(path)


def test_one_that_is_shorter_inside_than_its_header_says_is_refused(path: Path, compress: Compress) -> None:
    path.write_bytes(compress(mrc_bytes(RAMP, 2, "<")[:-400]))
    assert "truncated" in refusal(path)


@pytest.mark.parametrize("inside", [b"hello" * 1000, bytes(5000), b"II*\0" + bytes(2000)])
def test_anything_else_inside_is_to_be_unpacked_first(path: Path, compress: Compress, inside: bytes) -> None:
    path.write_bytes(compress(inside))
    assert "unpack it first" in refusal(path)


@pytest.mark.parametrize("nsymbt", [0, 1 << 30], ids=["pixels", "extended header"])
def test_a_small_file_that_would_fill_the_memory_is_refused_before_it_does(
    path: Path, compress: Compress, nsymbt: int
) -> None:
    header = bytearray(mrc_bytes(RAMP, 2, "<")[:1024])
    struct.pack_into("<2i", header, 0, 16_384, 16_384)
    struct.pack_into("<i", header, 92, nsymbt)
    path.write_bytes(compress(bytes(header) + bytes(8 * MEGABYTE)))
    tracemalloc.start()
    assert "truncated" in refusal(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * MEGABYTE


def test_no_more_is_unpacked_than_the_header_promises(path: Path, compress: Compress) -> None:
    path.write_bytes(compress(mrc_bytes(RAMP, 2, "<") + bytes(64 * MEGABYTE)))
    tracemalloc.start()
    assert (read_micrograph(path).pixels == RAMP).all()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * MEGABYTE
