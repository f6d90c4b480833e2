import io
import struct
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

from picking.science.imaging.read import UnreadableMicrograph, read_micrograph
from tests.science.imaging.test_read import RAMP, refusal

NOISE = np.random.default_rng(0).normal(0, 1, (80, 100))
LAYOUTS: dict[str, dict[str, Any]] = {
    "one strip": {},
    "strips": {"rowsperstrip": 24},
    "tiles": {"tile": (32, 48)},
    "predictor": {"predictor": True, "rowsperstrip": 24},
    "64-bit, tiles, predictor": {"bigtiff": True, "tile": (32, 48), "predictor": True},
}
COMPRESSIONS = ["lzw", "zlib", "deflate", "packbits", "zstd", "lzma"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "micrograph.tif"


def noise(dtype: str) -> NDArray[Any]:
    """Noise that uses the range of the type, negative where it can be."""
    kind = np.dtype(dtype)
    if kind.kind == "f":
        return (NOISE * 1000).astype(kind)
    limits = np.iinfo(kind)
    span = float(limits.max) - limits.min
    return np.clip(NOISE * span / 8 + limits.min + span / 2, limits.min, limits.max * 0.999).astype(kind)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("dtype", ["u1", "u2", "u4", "i1", "i2", "i4", "f2", "f4", "f8"])
def test_a_compressed_picture_has_the_pixels_of_the_plain_one(path: Path, dtype: str, order: Any, layout: str) -> None:
    pixels = noise(dtype)
    options = LAYOUTS[layout]
    wrong = []
    for compression in [None, *COMPRESSIONS]:
        if compression or "predictor" not in options:
            tifffile.imwrite(path, pixels, byteorder=order, compression=compression, photometric=1, **options)
            if not (read_micrograph(path).pixels == pixels.astype("f4")).all():
                wrong.append(compression)
    assert wrong == []


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate"])
@pytest.mark.parametrize(("dtype", "predictor"), [("u1", 2), ("u2", 2), ("f4", 3)])
def test_what_libtiff_predicts_is_read(path: Path, dtype: str, predictor: int, compression: str) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[317] = predictor
    Image.fromarray(noise(dtype)).save(path, compression=compression, tiffinfo=tags)
    assert (read_micrograph(path).pixels == noise(dtype)).all()


@pytest.mark.parametrize("compression", [None, "tiff_lzw"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_rows_stay_as_they_lie_in_the_file_whatever_their_orientation(
    path: Path, orientation: int, compression: str | None
) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[274] = orientation
    Image.fromarray(noise("u2")).save(path, compression=compression, tiffinfo=tags)
    assert (read_micrograph(path).pixels == noise("u2")).all()


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_greys_stay_as_they_are_written_where_0_is_white(path: Path, compression: str | None) -> None:
    tifffile.imwrite(path, noise("u1"), photometric="miniswhite", compression=compression)
    assert (read_micrograph(path).pixels == noise("u1")).all()


def test_twelve_bits_a_pixel_are_read(path: Path) -> None:
    tifffile.imwrite(path, RAMP.astype("u2"), bitspersample=12, photometric="minisblack")
    assert (read_micrograph(path).pixels == RAMP).all()


@pytest.mark.parametrize("compression", [None, "tiff_lzw"])
@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA", "P"])
def test_grey_is_read_in_every_disguise(path: Path, mode: str, compression: str | None) -> None:
    Image.fromarray(RAMP.astype("u1")).convert(mode).save(path, compression=compression)
    assert (read_micrograph(path).pixels == RAMP).all()


@pytest.mark.parametrize("options", [{}, {"rowsperstrip": 32}, {"tile": (32, 48)}], ids=str)
def test_jpeg_in_tiff_is_read(path: Path, options: dict[str, Any]) -> None:
    tifffile.imwrite(path, RAMP.astype("u1"), compression="jpeg", compressionargs={"level": 95}, **options)
    assert np.abs(read_micrograph(path).pixels - RAMP).max() < 8


def test_a_colour_table_is_a_colour_picture(path: Path) -> None:
    table = np.random.default_rng(0).integers(0, 1 << 16, (3, 256), np.uint16)
    tifffile.imwrite(path, RAMP.astype("u1"), photometric="palette", colormap=table)
    assert "colour picture" in refusal(path)


@pytest.mark.parametrize("planar", ["contig", "separate"])
def test_two_images_as_samples_of_one_are_refused(path: Path, planar: Any) -> None:
    pair = np.stack([RAMP, RAMP + 1], -1 if planar == "contig" else 0)
    tifffile.imwrite(path, pair, photometric="minisblack", planarconfig=planar)
    assert "not grey values" in refusal(path)


@pytest.mark.parametrize(
    "options",
    [
        {"imagej": True, "metadata": {"axes": "TYX"}, "truncate": True},
        {"truncate": True},
        {
            "metadata": None,
            "extratags": [(33628, 4, 2, (0, 0), True), (33629, 4, 18, (0,) * 18, True)],
            "truncate": True,
        },
    ],
    ids=["ImageJ", "tifffile", "MetaMorph"],
)
def test_a_stack_on_one_directory_is_refused(path: Path, options: dict[str, Any]) -> None:
    frames = np.stack([noise("u2")] * 3)
    if options.get("metadata", ...) is None:
        frames = frames[:1]
    tifffile.imwrite(path, frames, photometric="minisblack", **options)
    assert "it is a movie of" in refusal(path)


@pytest.mark.parametrize("options", [{"imagej": True}, {}, {"ome": True}], ids=["ImageJ", "tifffile", "OME"])
def test_one_image_with_a_description_is_read(path: Path, options: dict[str, Any]) -> None:
    tifffile.imwrite(path, noise("u2"), photometric="minisblack", **options)
    assert (read_micrograph(path).pixels == noise("u2")).all()


@pytest.mark.parametrize("description", ['{"shape": "round"}', '{"shape": [3, 80]}', '{"shape": ', "ImageJ=\nimages=x"])
def test_a_description_of_something_else_is_passed_over(path: Path, description: str) -> None:
    tifffile.imwrite(path, RAMP, description=description, metadata=None)
    assert (read_micrograph(path).pixels == RAMP).all()


@pytest.mark.parametrize("first", ["image", "thumbnail"])
def test_a_thumbnail_beside_the_image_is_passed_over(path: Path, first: str) -> None:
    with tifffile.TiffWriter(path) as file:
        pages: list[tuple[NDArray[Any], int]] = [(RAMP, 0), (RAMP[:70, :70], 1)]
        for pixels, kind in pages if first == "image" else reversed(pages):
            file.write(pixels, subfiletype=kind, metadata=None)
    assert (read_micrograph(path).pixels == RAMP).all()


def test_a_thumbnail_alone_is_refused(path: Path) -> None:
    tifffile.imwrite(path, RAMP, subfiletype=1, metadata=None)
    assert "thumbnail" in refusal(path)


def test_smaller_levels_of_a_pyramid_are_passed_over(path: Path) -> None:
    with tifffile.TiffWriter(path, ome=True) as file:
        file.write(RAMP, subifds=1)
        file.write(RAMP[::2, ::2], subfiletype=1)
    assert (read_micrograph(path).pixels == RAMP).all()


@pytest.mark.parametrize(
    ("unit", "angstrom"),
    [
        ("nm", 10),
        ("nanometres", 10),
        (r"\u00C5", 1),
        ("angstrom", 1),
        ("Angstroms", 1),
        ("A", 1),
        ("micron", 1e4),
        ("um", 1e4),
        (r"\u00B5m", 1e4),
        ("inch", 2.54e8),
        ("pixel", None),
        ("", None),
    ],
)
def test_the_unit_of_imagej_counts(path: Path, unit: str, angstrom: float | None) -> None:
    resolution = (angstrom or 1) / 1.25
    tifffile.imwrite(path, RAMP, imagej=True, resolution=(resolution, resolution), metadata={"unit": unit})
    expected = None if angstrom is None else pytest.approx(1.25, rel=1e-4)
    assert read_micrograph(path).pixel_size == expected


@pytest.mark.parametrize(
    ("unit", "angstrom"), [("Å".encode(), 1), ("Å".encode("latin-1"), 1), ("\u212b".encode(), 1), ("µm".encode(), 1e4)]
)
def test_a_unit_beyond_ascii_is_read_however_it_is_written(path: Path, unit: bytes, angstrom: float) -> None:
    options: dict[str, Any] = {
        "description": b"ImageJ=1.54f\nunit=" + unit + b"\n",
        "metadata": None,
        "resolutionunit": "NONE",
    }
    tifffile.imwrite(path, RAMP, resolution=(angstrom / 1.25, angstrom / 1.25), **options)
    assert read_micrograph(path).pixel_size == pytest.approx(1.25, rel=1e-4)


@pytest.mark.parametrize("compression", ["jpeg2000", "lerc", "png"])
def test_a_compression_that_says_its_own_size_is_refused_by_name(path: Path, compression: Any) -> None:
    tifffile.imwrite(path, RAMP.astype("u1"), compression=compression, photometric="minisblack")
    assert compression.upper() in refusal(path)


@pytest.mark.parametrize("compression", [None, *COMPRESSIONS, "jpeg"])
def test_a_file_cut_short_is_refused_without_the_folder_of_the_server(path: Path, compression: str | None) -> None:
    content = io.BytesIO()
    tifffile.imwrite(content, noise("u1"), compression=compression, photometric="minisblack", rowsperstrip=24)
    path.write_bytes(content.getvalue()[: -len(content.getvalue()) // 2])
    said = refusal(path)
    assert "copy it again" in said
    assert str(path.parent) not in said


def test_a_file_with_a_part_left_out_is_refused(path: Path) -> None:
    tifffile.imwrite(path, noise("u2"), compression="zlib", rowsperstrip=24)
    _change_tag(path, "StripByteCounts", 0)
    assert "1 of the 4 parts of its pixels" in refusal(path)


def test_a_jpeg_that_is_larger_than_the_header_says_is_not_unpacked(path: Path) -> None:
    tifffile.imwrite(path, np.zeros((4096, 4096), "u1"), compression="jpeg")
    _change_tag(path, "ImageWidth", 100)
    _change_tag(path, "ImageLength", 80)
    _change_tag(path, "RowsPerStrip", 80)
    assert _memory_to_refuse(path, "disagree about its size") < 4 << 20


@pytest.mark.parametrize("compression", [*COMPRESSIONS, "jpeg"])
def test_a_small_file_that_promises_a_huge_image_is_refused_in_little_memory(path: Path, compression: Any) -> None:
    tifffile.imwrite(path, noise("u1"), compression=compression, photometric="minisblack")
    for tag in ("ImageWidth", "ImageLength", "RowsPerStrip"):
        _change_tag(path, tag, 16_384)
    assert _memory_to_refuse(path, "truncated") < 4 << 20


def test_a_width_that_packbits_cannot_have_packed_into_the_file_is_refused_in_little_memory(path: Path) -> None:
    tifffile.imwrite(path, noise("u1"), compression="packbits", photometric="minisblack")
    _change_tag(path, "ImageWidth", 16_384)
    assert _memory_to_refuse(path, "truncated") < 1 << 20


def test_a_small_file_that_promises_huge_tiles_is_refused_in_little_memory(path: Path) -> None:
    tifffile.imwrite(path, noise("u1"), compression="zstd", photometric="minisblack", tile=(128, 128))
    _change_tag(path, "TileWidth", 1 << 15)
    _change_tag(path, "TileLength", 1 << 15)
    assert _memory_to_refuse(path, "truncated") < 4 << 20


def _memory_to_refuse(path: Path, reason: str) -> int:
    """Bytes that it took at most to refuse the file for this reason."""
    tracemalloc.start()
    with pytest.raises(UnreadableMicrograph, match=reason):
        read_micrograph(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _change_tag(path: Path, name: str, value: int) -> None:
    """Write another first value into a tag of a little-endian file."""
    with tifffile.TiffFile(path) as tiff:
        tag = tiff.pages.first.tags[name]
        place, kind = tag.valueoffset, "<H" if tag.dtype == tifffile.DATATYPE.SHORT else "<I"
    content = bytearray(path.read_bytes())
    struct.pack_into(kind, content, place, value)
    path.write_bytes(content)
