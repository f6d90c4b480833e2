"""Stacks that RELION itself extracted: tests/data/extract/README.md."""

from pathlib import Path

import mrcfile
import numpy as np
import pytest
import starfile

from picking.science.extract.particles import extract
from picking.science.extract.settings import ExtractSettings
from picking.science.imaging.read import read_micrograph

FILES = Path(__file__).parents[2] / "data" / "extract"


@pytest.mark.parametrize(
    ("stack", "settings"),
    [("binned.mrcs", ExtractSettings(48, 24)), ("whole.mrcs", ExtractSettings(24, invert=False, ramp=False))],
)
def test_particles_are_those_that_relion_extracts(stack: str, settings: ExtractSettings) -> None:
    xy = starfile.read(FILES / "particles.star")["particles"][["rlnCoordinateX", "rlnCoordinateY"]].to_numpy(float)
    found, kept = extract(read_micrograph(FILES / "micrograph.mrc").pixels, xy, settings)
    assert len(kept) == len(xy)
    np.testing.assert_allclose(found, mrcfile.read(FILES / stack), atol=1e-4)
