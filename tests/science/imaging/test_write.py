from pathlib import Path
from typing import Literal

import mrcfile
import numpy as np
import pytest

from picking.science.imaging.write import write_mrc

PIXELS = np.linspace(-50.4, 200.4, 80 * 100, dtype=np.float32).reshape(80, 100)


@pytest.mark.parametrize("mode", [0, 1, 2, 6, 12])
def test_what_is_written_is_valid_mrc_of_that_mode(tmp_path: Path, mode: Literal[0, 1, 2, 6, 12]) -> None:
    path = tmp_path / "a.mrc"
    write_mrc(path, PIXELS, 1.25, mode)
    assert mode == 12 or mrcfile.validate(path)  # mrcfile overflows when it checks the statistics of float16
    with mrcfile.open(path) as file:
        assert int(file.header.mode) == mode
        assert file.data.shape == (80, 100)
        assert float(file.voxel_size.x) == 1.25


@pytest.mark.parametrize(("mode", "least", "most"), [(0, -50, 127), (1, -50, 200), (6, 0, 200)])
def test_whole_number_modes_round_and_clip(tmp_path: Path, mode: Literal[0, 1, 6], least: int, most: int) -> None:
    write_mrc(tmp_path / "a.mrc", PIXELS, 1.0, mode)
    data = mrcfile.read(tmp_path / "a.mrc")
    assert (data.min(), data.max()) == (least, most)
    assert data[40, 0] == min(round(float(PIXELS[40, 0])), 127)


def test_an_existing_file_is_written_over(tmp_path: Path) -> None:
    for _ in range(2):
        write_mrc(tmp_path / "a.mrc", PIXELS, 1.0)
    assert (mrcfile.read(tmp_path / "a.mrc") == PIXELS).all()
