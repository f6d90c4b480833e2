"""What is written comes back, whatever the box, the scale, the flip, the size and the name."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picking.science.formats import FORMATS, Coordinates, Export, ExportMicrograph
from picking.science.formats.detect import format_of_all
from picking.science.formats.files import in_memory
from tests.science.formats.exports import LOST, written

NAMES = (
    "plain",
    "dots.1.2",
    "with two spaces",
    "größe Ångström",
    "Gro\u0308\u00dfe",
    "n" * 200,
    "grid 1/001",
    "grid.2/001",
    "a/b/001",
    "010364223123456789012_x_patch_aligned_doseweighted",
)
BOXES = st.sampled_from([None, 1, 2, 63, 64, 255, 256])
SCALES = st.sampled_from([1.0, 2.0, 4.0, 1.5, 3.7, 0.5, 8.0])
SIZES = st.tuples(st.sampled_from([3, 1021, 4097, 11520]), st.sampled_from([5, 999, 4096, 8185]))


def picked(name: str, size: tuple[int, int], number: int, seed: int) -> ExportMicrograph:
    """Picks anywhere in the image, also in its first and last pixel."""
    random = np.random.default_rng(seed)
    xy = random.uniform(0, 1, (number, 2)) * (np.array(size) - 1)
    xy[:2] = [(0, 0), (size[0] - 1, size[1] - 1)][:number]
    return ExportMicrograph(name, f"{name}.mrc", *size, 1.06, Coordinates.at(xy, random.uniform(0, 1, number)))


def assert_comes_back(key: str, micrographs: list[ExportMicrograph], box: int | None, scale: float, flip: bool) -> None:
    files = written(key, Export(180, micrographs, folder="J1/imported", flip_y=flip, scale=scale, box_px=box))
    assert format_of_all(in_memory(files)) == key
    sizes = {each.name: (each.width, each.height) for each in micrographs}
    back = FORMATS[key].read(files, sizes, flip_y=flip, scale=scale)
    assert back.coordinates.keys() == sizes.keys()
    assert not back.unmatched and not back.ambiguous
    # whole pixels are those of the next program; half a pixel of it is so many of ours
    most = LOST[key] * scale + 1e-9 if key in LOST else 1e-3
    for each in micrographs:
        xy = Coordinates.of(each.picks).xy
        np.testing.assert_allclose(back.coordinates[each.name].xy, xy, rtol=0, atol=most)


@pytest.mark.parametrize("key", FORMATS)
@settings(max_examples=40)
@given(
    names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True),
    size=SIZES,
    number=st.integers(1, 5),
    box=BOXES,
    scale=SCALES,
    flip=st.booleans(),
    seed=st.integers(0, 1000),
)
def test_places_come_back(
    key: str,
    names: list[str],
    size: tuple[int, int],
    number: int,
    box: int | None,
    scale: float,
    flip: bool,
    seed: int,
) -> None:
    assert_comes_back(key, [picked(name, size, number, seed) for name in names], box, scale, flip)


@pytest.mark.parametrize("key", FORMATS)
@settings(max_examples=4, deadline=None)
@given(size=SIZES, box=BOXES, scale=SCALES, flip=st.booleans())
def test_ten_thousand_places_come_back(
    key: str, size: tuple[int, int], box: int | None, scale: float, flip: bool
) -> None:
    micrographs = [picked(name, size, 1000, seed) for seed, name in enumerate(NAMES)]
    assert_comes_back(key, micrographs, box, scale, flip)
