"""Files that are no micrographs are refused by their content, with what to do instead."""

import struct
from pathlib import Path

import numpy as np
import pytest
import tifffile

from picking.science.imaging.other_kinds import kind_by_name
from picking.science.imaging.read import NotWhole, OtherKind, read_header
from tests.science.imaging.test_read import RAMP, mrc_bytes

TBL = b" ".join(b"%d" % number for number in range(35)) + b"\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "micrograph.mrc"


def refusal(path: Path) -> str:
    with pytest.raises(OtherKind) as refused:
        read_header(path)
    return str(refused.value)


def stack(nx: int, ny: int, nz: int, volume: bool = False) -> bytes:
    """The header of an MRC stack; its pixels are never looked at."""
    head = bytearray(mrc_bytes(RAMP, 2, "<")[:1024])
    struct.pack_into("<3i", head, 0, nx, ny, nz)
    struct.pack_into("<i", head, 88, int(volume))
    return bytes(head)


@pytest.mark.parametrize(
    ("size", "volume", "said"),
    [
        ((3838, 3710, 40), False, "a movie of 40 frames"),
        ((3838, 3710, 40), True, "a movie of 40 frames"),  # as many programs write it
        ((4096, 4096, 51), False, "a movie of 51 frames"),
        ((256, 256, 5000), False, "extracted particles"),
        ((300, 300, 300), True, "a volume of 300 × 300 × 300 voxels"),
        ((928, 960, 464), True, "tomograms: import the motion-corrected micrographs"),
    ],
)
def test_what_a_stack_is_follows_from_its_size(path: Path, size: tuple[int, int, int], volume: bool, said: str) -> None:
    path.write_bytes(stack(*size, volume=volume))
    assert said in refusal(path)


def test_a_movie_is_refused_with_what_to_import_instead(path: Path) -> None:
    path.write_bytes(stack(3838, 3710, 40))
    assert "Import the motion-corrected micrograph instead." in refusal(path)


def test_eer_is_refused_by_its_compression_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "micrograph.tif"
    tifffile.imwrite(path, RAMP.astype("u1"), bigtiff=True)
    with tifffile.TiffFile(path, mode="r+") as file:
        file.pages.first.tags["Compression"].overwrite(65001)
    assert "it is a movie (EER)" in refusal(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (struct.pack(">IQIBBQ", 4, 1000, 1, 1, 0, 10) + bytes(2000), "Digital Micrograph"),
        (struct.pack(">IIIBBI", 3, 1000, 1, 1, 0, 10) + bytes(2000), "Digital Micrograph"),
        (b"II\x97\x01\x20\x02" + bytes(2000), "TIA"),
        (b"\x89HDF\r\n\x1a\n" + bytes(2000), "HDF5"),
        (b"PixelSpacing = 1.35\r\nVoltage = 300\r\n\r\n[ZValue = 0]\r\n", "MDOC"),
        (b"[T = SerialEM: Digitized on Titan]\n", "MDOC"),
        (TBL * 3, "Dynamo"),
        (b"\n# version 30001\n\ndata_micrographs\n\nloop_\n", "STAR"),
        (b"\x93NUMPY\x01\0" + bytes(200), "cryoSPARC"),
    ],
)
def test_other_files_of_microscopy_are_named(path: Path, content: bytes, said: str) -> None:
    path.write_bytes(content)
    assert said in refusal(path)


@pytest.mark.parametrize("name", ["a.eer", "a.EER", "a.tif.mdoc", "a.dm4", "b.tbl", "c.rec", "c.star"])
def test_the_name_alone_tells_what_a_file_in_a_folder_is(name: str) -> None:
    assert kind_by_name(name)


@pytest.mark.parametrize("name", ["notes.txt", "README", "a.mrc", ".eer.", "star"])
def test_other_names_tell_nothing(name: str) -> None:
    assert kind_by_name(name) == ""


@pytest.mark.parametrize("compression", [None, "zlib", "lzw"])
def test_a_tiff_that_ends_before_its_pixels_may_still_be_growing(tmp_path: Path, compression: str | None) -> None:
    path = tmp_path / "growing.tif"
    tifffile.imwrite(path, np.random.default_rng(0).normal(size=(80, 100)), compression=compression)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(NotWhole):
        read_header(path)


def test_an_mrc_that_ends_before_its_pixels_may_still_be_growing(path: Path) -> None:
    path.write_bytes(mrc_bytes(RAMP, 2, "<")[:-1])
    with pytest.raises(NotWhole):
        read_header(path)
