"""What is particular to PNG and JPEG."""

from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from picking.science.imaging.read import read_micrograph
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
