import struct
from pathlib import Path
from typing import Any, Literal

import mrcfile
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from picking.science.imaging.read import UnreadableMicrograph, read_header, read_micrograph
from picking.science.imaging.write import write_mrc

RAMP = np.add.outer(np.arange(80), np.arange(100)).astype(np.float32)  # 80 rows, 100 columns, 0 to 178


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "micrograph"


def mrc_bytes(
    data: NDArray[Any], mode: int, order: Literal["<", ">"], pixel_size: float = 1.5, **fields: float
) -> bytes:
    """An MRC file put together by hand; `fields`: nx, nz, nsymbt, mx, dmin, dmax, imod_stamp, imod_flags."""
    ny, nx = data.shape[-2:]
    nx = int(fields.get("nx") or nx)
    extended = int(fields.get("nsymbt", 0))
    header = bytearray(1024)
    mx = int(fields.get("mx", nx))
    struct.pack_into(f"{order}4i", header, 0, nx, ny, int(fields.get("nz", 1)), mode)
    struct.pack_into(f"{order}3i3f", header, 28, mx, ny, 1, pixel_size * nx, pixel_size * ny, pixel_size)
    struct.pack_into(f"{order}2f", header, 76, fields.get("dmin", 0), fields.get("dmax", 0))
    struct.pack_into(f"{order}i", header, 92, extended)
    struct.pack_into(f"{order}2i", header, 152, int(fields.get("imod_stamp", 0)), int(fields.get("imod_flags", 0)))
    header[208:216] = b"MAP " + (b"\x11\x11\0\0" if order == ">" else b"DD\0\0")
    return bytes(header) + bytes(extended) + data.astype(data.dtype.newbyteorder(order)).tobytes()


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableMicrograph) as refused:
        read_micrograph(path)
    return str(refused.value)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("mode", "dtype"), [(0, "i1"), (1, "i2"), (2, "f4"), (6, "u2"), (12, "f2")])
def test_every_mrc_mode_is_read_in_either_byte_order(
    path: Path, mode: int, dtype: str, order: Literal["<", ">"]
) -> None:
    data = (RAMP - 90 if dtype != "u2" else RAMP + 40_000).astype(dtype)
    path.write_bytes(mrc_bytes(data, mode, order))
    micrograph = read_micrograph(path)
    assert micrograph.pixels.dtype == np.float32
    assert (micrograph.pixels == data.astype(np.float32)).all()
    assert micrograph.pixel_size == pytest.approx(1.5)


@pytest.mark.parametrize("mode", [0, 2])
def test_a_wrong_machine_stamp_is_seen_through(path: Path, mode: int) -> None:
    data = (RAMP - 90).astype("i1" if mode == 0 else "f4")
    content = bytearray(mrc_bytes(data, mode, ">"))
    content[212:216] = b"DD\0\0"
    path.write_bytes(content)
    assert (read_micrograph(path).pixels == data).all()


def test_a_file_by_mrcfile_is_read(path: Path) -> None:
    with mrcfile.new(path) as file:
        file.set_data(RAMP)
        file.voxel_size = 0.83
    micrograph = read_micrograph(path)
    assert (micrograph.pixels == RAMP).all()
    assert micrograph.pixel_size == pytest.approx(0.83)


def test_a_volume_of_one_section_is_a_micrograph(path: Path) -> None:
    with mrcfile.new(path) as file:
        file.set_data(RAMP[None])
        file.set_volume()
    assert read_micrograph(path).pixels.shape == RAMP.shape


def test_an_extended_header_is_skipped(path: Path) -> None:
    path.write_bytes(mrc_bytes(RAMP, 2, "<", nsymbt=2048))
    assert (read_micrograph(path).pixels == RAMP).all()


def test_the_unsigned_bytes_of_imod_are_unsigned(path: Path) -> None:
    data = (RAMP + 60).astype("u1")
    path.write_bytes(mrc_bytes(data, 0, "<", imod_stamp=1146047817))
    assert (read_micrograph(path).pixels == data).all()
    path.write_bytes(mrc_bytes(data, 0, "<", imod_stamp=1146047817, imod_flags=1))
    assert read_micrograph(path).pixels.min() < 0


@pytest.mark.parametrize(("pixel_size", "mx"), [(0.0, 100), (1.5, 0), (-1.0, 100), (1e20, 100), (float("nan"), 100)])
def test_a_senseless_pixel_size_is_unknown(path: Path, pixel_size: float, mx: int) -> None:
    path.write_bytes(mrc_bytes(RAMP, 2, "<", pixel_size, mx=mx))
    assert read_micrograph(path).pixel_size is None


@pytest.mark.parametrize("dtype", ["u1", "u2", "i2", "u4", "i4", "f2", "f4", "f8"])
@pytest.mark.parametrize("order", ["<", ">"])
def test_uncompressed_tiff_is_read_whatever_its_type(path: Path, dtype: str, order: Any) -> None:
    tifffile.imwrite(path, RAMP.astype(dtype), byteorder=order)
    assert (read_micrograph(path).pixels == RAMP).all()


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_deflate", "packbits"])
def test_compressed_tiff_is_read(path: Path, compression: str) -> None:
    Image.fromarray(RAMP).save(path, "TIFF", compression=compression)
    assert (read_micrograph(path).pixels == RAMP).all()


@pytest.mark.parametrize(
    ("resolution", "unit", "expected"),
    [(1e8 / 1.25, "CENTIMETER", 1.25), (2.54e8 / 1.25, "INCH", 1.25), (72, "INCH", None), (1, "NONE", None)],
)
def test_a_tiff_resolution_counts_only_if_it_can_be_a_pixel_size(
    path: Path, resolution: float, unit: str, expected: float | None
) -> None:
    tifffile.imwrite(path, RAMP, resolution=(resolution, resolution), resolutionunit=unit)
    size = read_micrograph(path).pixel_size
    assert size == (None if expected is None else pytest.approx(expected, rel=1e-4))


@pytest.mark.parametrize("dtype", ["u1", "u2"])
def test_png_is_read_without_a_pixel_size(path: Path, dtype: str) -> None:
    Image.fromarray(RAMP.astype(dtype)).save(path, "PNG")
    micrograph = read_micrograph(path)
    assert (micrograph.pixels == RAMP).all()
    assert micrograph.pixel_size is None


def test_jpeg_is_read(path: Path) -> None:
    Image.fromarray(RAMP.astype("u1")).save(path, "JPEG", quality=95)
    assert np.abs(read_micrograph(path).pixels - RAMP).max() < 8


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_grey_stored_as_colour_is_read(path: Path, kind: str) -> None:
    Image.fromarray(RAMP.astype("u1")).convert("RGB").save(path, kind, quality=95)
    assert np.abs(read_micrograph(path).pixels - RAMP).max() < 8


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_transparency_is_left_out(path: Path, mode: str) -> None:
    Image.fromarray(RAMP.astype("u1")).convert(mode).save(path, "PNG")
    assert (read_micrograph(path).pixels == RAMP).all()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_colour_picture_is_refused(path: Path, kind: str) -> None:
    colours = np.random.default_rng(0).integers(0, 255, (80, 100, 3), np.uint8)
    Image.fromarray(colours).save(path, kind)
    assert "colour picture" in refusal(path)


def test_planar_colour_is_refused(path: Path) -> None:
    planes = np.random.default_rng(0).integers(0, 255, (3, 80, 100), np.uint8)
    tifffile.imwrite(path, planes, photometric="rgb", planarconfig="separate")
    assert "colour picture" in refusal(path)


def test_the_name_says_nothing_about_the_kind(tmp_path: Path) -> None:
    path = tmp_path / "really_mrc.png"
    write_mrc(path, RAMP, 1.0)
    assert (read_micrograph(path).pixels == RAMP).all()


def test_the_header_tells_size_and_pixel_size(path: Path) -> None:
    write_mrc(path, RAMP, 1.25)
    header = read_header(path)
    assert (header.width, header.height, header.pixel_size) == (100, 80, 1.25)


def test_an_empty_file_is_refused(path: Path) -> None:
    path.touch()
    assert "empty" in refusal(path)


@pytest.mark.parametrize("content", [b"hello", bytes(5000), b"\xff" * 5000])
def test_a_foreign_file_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert "not MRC, TIFF, PNG or JPEG" in refusal(path)


@pytest.mark.parametrize("kept", [300, 1023, 1024, 20_000])
def test_a_truncated_mrc_is_refused(path: Path, kept: int) -> None:
    path.write_bytes(mrc_bytes(RAMP, 2, "<")[:kept])
    assert "truncated" in refusal(path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_truncated_picture_is_refused(path: Path, kind: str) -> None:
    Image.fromarray(RAMP.astype("u1")).save(path, kind)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "copy it again" in refusal(path)


def test_a_movie_is_refused_with_its_number_of_frames(path: Path) -> None:
    path.write_bytes(mrc_bytes(np.stack([RAMP] * 3), 2, "<", nz=3))
    assert "a movie of 3 frames" in refusal(path)
    assert "motion-corrected micrograph" in refusal(path)


def test_a_tiff_of_several_pages_is_refused(path: Path) -> None:
    tifffile.imwrite(path, np.stack([RAMP] * 4), photometric="minisblack")
    assert "a movie of 4 frames" in refusal(path)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_more_than_one_pixel_in_ten_thousand_that_is_no_number_is_refused(path: Path, bad: float) -> None:
    pixels = RAMP.copy()
    pixels[3, 4] = bad
    path.write_bytes(mrc_bytes(pixels, 2, "<"))
    assert "1 of its 8,000 pixels" in refusal(path)


def test_a_constant_image_is_refused(path: Path) -> None:
    write_mrc(path, np.full_like(RAMP, 7), 1.0)
    assert "same value" in refusal(path)


def test_grey_values_no_detector_gives_are_refused(path: Path) -> None:
    path.write_bytes(mrc_bytes(RAMP * np.float32(1e30), 2, "<"))
    assert "byte order" in refusal(path)


def test_a_thumbnail_is_refused(path: Path) -> None:
    write_mrc(path, RAMP[:63], 1.0)
    assert "100 by 63" in refusal(path)


@pytest.mark.parametrize(("mode", "name"), [(4, "complex"), (16, "colour"), (7, "unknown")])
def test_an_mrc_mode_without_grey_values_is_refused(path: Path, mode: int, name: str) -> None:
    path.write_bytes(mrc_bytes(RAMP, mode, "<"))
    assert name in refusal(path)


def test_a_complex_tiff_is_refused(path: Path) -> None:
    tifffile.imwrite(path, RAMP.astype(np.complex64))
    assert "not grey values" in refusal(path)


@pytest.mark.parametrize("nx", [16_385, 1 << 30, -100, 0])
def test_a_size_no_micrograph_has_is_refused(path: Path, nx: int) -> None:
    content = bytearray(mrc_bytes(RAMP, 2, "<"))
    struct.pack_into("<i", content, 0, nx)
    path.write_bytes(content)
    assert f"{nx} by 80 pixels" in refusal(path)
