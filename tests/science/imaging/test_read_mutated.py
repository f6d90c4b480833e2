"""Whatever is done to a file, the reader returns a sane image or says why not, in little memory."""

import bz2
import gzip
import io
import struct
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from picking.science.imaging.read import UnreadableMicrograph, read_header, read_micrograph
from tests.science.imaging.test_read import mrc_bytes

NOISE = np.random.default_rng(0).normal(100, 20, (64, 72)).astype(np.float32)
MEMORY = 4_000_000  # bytes; an intact file takes a tenth of a million
UNPACKED = 2 * 8  # bytes per pixel, of eight at most: once as unpacked, once in its place in the image


def tiff(pixels: NDArray[Any] = NOISE, **options: Any) -> bytes:
    stream = io.BytesIO()
    tifffile.imwrite(stream, pixels, resolution=(1e8, 1e8), resolutionunit="CENTIMETER", **options)
    return stream.getvalue()


def picture(kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(NOISE if kind == "TIFF" else NOISE.astype(np.uint8)).save(stream, kind, **options)
    return stream.getvalue()


FILES = {
    "mrc": mrc_bytes(NOISE, 2, "<"),
    "mrc, bytes, extended header, big-endian": mrc_bytes(NOISE.astype("i1"), 0, ">", nsymbt=256),
    "tiff": tiff(),
    "tiff in strips, big-endian": tiff(rowsperstrip=8, byteorder=">", description="micrograph"),
    "tiff, tiled, 64-bit": tiff(tile=(32, 32), bigtiff=True),
    "tiff, lzw": picture("TIFF", compression="tiff_lzw"),
    "tiff, deflate": picture("TIFF", compression="tiff_deflate"),
    "tiff, tiled, zstd, predictor": tiff(tile=(32, 32), compression="zstd", predictor=True),
    "tiff, jpeg": tiff(NOISE.astype("u1"), compression="jpeg", rowsperstrip=16),
    "tiff by ImageJ, packbits": tiff(imagej=True, metadata={"unit": "nm"}, compression="packbits"),
    "mrc, 4 bits, gzip": gzip.compress(mrc_bytes(NOISE.astype("u1")[:, :36], 101, "<", nx=72)),
    "mrc, bzip2": bz2.compress(mrc_bytes(NOISE, 2, ">")),
    "png": picture("PNG"),
    "jpeg": picture("JPEG"),
}

INTEGERS = st.sampled_from([0, 1, 2, 63, 16_384, 1 << 16, (1 << 31) - 1, 1 << 31, (1 << 32) - 1])
WORDS = st.builds(struct.pack, st.sampled_from(["<I", ">I"]), INTEGERS)
# (what, where as a part of the file or of its first 400 bytes, with what)
MUTATIONS = st.tuples(
    st.sampled_from(["overwrite", "overwrite", "overwrite", "insert", "cut"]),
    st.one_of(st.integers(0, 400), st.floats(0, 1)),
    st.one_of(WORDS, st.binary(min_size=1, max_size=8)),
)


def mutated(content: bytes, mutations: list[tuple[str, int | float, bytes]]) -> bytes:
    changed = bytearray(content)
    for what, where, new in mutations:
        position = where if isinstance(where, int) else int(where * len(changed))
        if what == "cut":
            del changed[position:]
        else:
            changed[position : position + (len(new) if what == "overwrite" else 0)] = new
    return bytes(changed)


def promised(path: Path) -> int:
    """Pixels that the header promises; 0 where it is refused, as when the file cannot hold so many."""
    try:
        header = read_header(path)
    except UnreadableMicrograph:
        return 0
    return header.width * header.height


@pytest.mark.parametrize("kind", FILES)
@settings(max_examples=100, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutations=st.lists(MUTATIONS, min_size=1, max_size=4))
def test_a_mutated_file_is_read_or_refused(
    kind: str, mutations: list[tuple[str, int | float, bytes]], tmp_path: Path
) -> None:
    path = tmp_path / "mutated"
    path.write_bytes(mutated(FILES[kind], mutations))
    tracemalloc.start()
    try:
        micrograph = read_micrograph(path)
    except UnreadableMicrograph as refused:
        assert str(refused).endswith(".")
    else:
        assert micrograph.pixels.ndim == 2
        assert micrograph.pixels.dtype == np.float32
        assert np.isfinite(micrograph.pixels).all()
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < MEMORY + UNPACKED * promised(path)
