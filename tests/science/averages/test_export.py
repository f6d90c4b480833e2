import io
from pathlib import Path

import mrcfile
import numpy as np
import pytest
import starfile
from PIL import Image

from picking.science.averages.averages import Averages
from picking.science.averages.export import class_files
from picking.science.class_members import PICTURE, STACK, TABLE

IMAGES = np.random.default_rng(0).normal(size=(12, 16, 16)).astype(np.float32)
ZEROS = np.zeros((40, 2), np.float32)
AVERAGES = Averages(
    images=IMAGES,
    members=np.minimum(np.arange(40) // 3, 11),
    angles=ZEROS[:, 0],
    shifts=ZEROS,
    fits=ZEROS[:, 0],
    resolutions=np.array([8.5] * 11 + [np.nan]),
)
FILES = class_files(AVERAGES, 3.75)


def test_the_stack_holds_the_averages_with_their_pixel_size(tmp_path: Path) -> None:
    (tmp_path / STACK).write_bytes(FILES[STACK])
    with mrcfile.open(tmp_path / STACK) as file:
        assert (file.data == IMAGES).all()
        assert float(file.voxel_size.x) == pytest.approx(3.75)
        assert file.is_image_stack()


def test_the_table_names_each_image_with_its_share_and_resolution(tmp_path: Path) -> None:
    (tmp_path / TABLE).write_bytes(FILES[TABLE])
    table = starfile.read(tmp_path / TABLE)
    assert table["rlnReferenceImage"].tolist()[::11] == ["000001@run_classes.mrcs", "000012@run_classes.mrcs"]
    assert table["rlnClassDistribution"].tolist() == pytest.approx([3 / 40] * 11 + [7 / 40])
    assert table["rlnEstimatedResolution"].tolist() == pytest.approx([8.5] * 11 + [999])


def test_the_picture_shows_ten_in_a_row() -> None:
    sheet = np.asarray(Image.open(io.BytesIO(FILES[PICTURE])))
    assert sheet.shape == (32, 160)
    assert sheet[:16, :16].min() == 0
    assert sheet[:16, :16].max() == 255
    assert not sheet[16:, 32:].any()
