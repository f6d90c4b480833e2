"""What is particular to PNG and JPEG."""

import struct
import tracemalloc
import zlib
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from picking.science.imaging.read import UnreadableMicrograph, read_micrograph
from tests.science.imaging.test_read import RAMP, refusal

DEEP = (RAMP * 300).astype("u2")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "micrograph"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_rows_stay_as_they_lie_in_the_file_whatever_their_orientation(path: Path, kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    Image.fromarray(RAMP.astype("u1")).save(path, kind, exif=exif, quality=95)
    assert np.abs(read_micrograph(path).pixels - RAMP).max() < 8


def test_a_png_of_16_bits_keeps_them_all(path: Path) -> None:
    path.write_bytes(imagecodecs.png_encode(DEEP))
    assert (read_micrograph(path).pixels == DEEP).all()


@pytest.mark.parametrize("channels", [2, 3, 4])
def test_a_png_of_16_bits_with_more_than_grey_is_refused_rather_than_read_in_8(path: Path, channels: int) -> None:
    path.write_bytes(imagecodecs.png_encode(np.stack([DEEP] * channels, -1)))
    assert "16-bit greyscale" in refusal(path)


def test_a_grey_palette_is_read(path: Path) -> None:
    Image.fromarray(RAMP.astype("u1")).convert("P").save(path, "PNG")
    assert (read_micrograph(path).pixels == RAMP).all()


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + b"x" * 100, b"\xff\xd8\xff" + b"x" * 100])
def test_a_damaged_header_is_refused_in_words(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert refusal(path) == "its header is damaged or of an unusual kind; copy it again or convert it to MRC."


@pytest.mark.parametrize("side", [31_623, 65_535])
def test_a_png_that_promises_a_thousand_million_pixels_is_refused_in_little_memory(tmp_path: Path, side: int) -> None:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    size = struct.pack(">2I5B", side, side, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    file = tmp_path / "bomb.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))
    tracemalloc.start()
    with pytest.raises(UnreadableMicrograph):
        read_micrograph(file)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10 * 1024**2
