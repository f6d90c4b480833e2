from pathlib import Path

import mrcfile
import numpy as np
import pytest

from picking.science.extract.stack import write_stack

BOXES = np.random.default_rng(0).normal(0.1, 1, (5, 12, 12)).astype(np.float32)


def written(path: Path, half_precision: bool = False) -> Path:
    with path.open("wb") as file:
        assert write_stack(file, [BOXES[:3], BOXES[3:]], 2.5, half_precision) == 5
    return path


def test_mrcfile_finds_the_stack_valid(tmp_path: Path) -> None:
    assert mrcfile.validate(written(tmp_path / "a.mrcs"))


def test_mrcfile_reads_the_images_the_pixel_size_and_the_statistics(tmp_path: Path) -> None:
    with mrcfile.open(written(tmp_path / "a.mrcs")) as file:
        np.testing.assert_array_equal(file.data, BOXES)
        assert file.is_image_stack()
        assert (float(file.voxel_size.x), float(file.voxel_size.y)) == (2.5, 2.5)
        assert float(file.header.dmin) == BOXES.min()
        assert float(file.header.dmax) == BOXES.max()
        assert float(file.header.dmean) == pytest.approx(BOXES.mean(dtype=np.float64), abs=1e-6)
        assert float(file.header.rms) == pytest.approx(BOXES.std(dtype=np.float64), abs=1e-6)


def test_half_precision_is_mode_12(tmp_path: Path) -> None:
    with mrcfile.open(written(tmp_path / "a.mrcs", half_precision=True)) as file:
        assert int(file.header.mode) == 12
        np.testing.assert_allclose(file.data, BOXES, atol=2e-3)


def test_without_particles_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.mrcs"
    with path.open("wb") as file:
        assert write_stack(file, [], 2.5) == 0
    assert path.stat().st_size == 0
