import numpy as np
import pytest

from picking.science.imaging.mend import mend
from picking.science.imaging.micrograph import Pixels, UnreadableMicrograph


@pytest.fixture
def pixels() -> Pixels:
    """Whole numbers that rise along y alone, so that a median of the surroundings is known."""
    return np.repeat(np.arange(200, dtype=np.float32)[:, None], 200, axis=1)


def test_pixels_that_are_all_numbers_are_left_as_they_are(pixels: Pixels) -> None:
    mended, count = mend(pixels)
    assert mended is pixels
    assert count == 0


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(("y", "value"), [(0, 1.0), (100, 100.0), (199, 198.0)])
def test_a_pixel_that_is_no_number_gets_the_median_of_its_neighbours(
    pixels: Pixels, bad: float, y: int, value: float
) -> None:
    expected = pixels.copy()
    expected[y, 7] = value
    pixels[y, 7] = bad
    mended, count = mend(pixels)
    assert count == 1
    assert (mended == expected).all()


def test_the_middle_of_a_dead_patch_is_filled_from_beyond_it(pixels: Pixels) -> None:
    pixels[100, 100] = pixels[99:102, 50] = np.nan
    mended, count = mend(pixels)
    assert count == 4
    assert mended[99:102, 50].tolist() == [99, 100, 101]


def test_pixels_that_may_not_be_written_are_copied(pixels: Pixels) -> None:
    pixels[5, 5] = np.nan
    pixels.setflags(write=False)
    mended, count = mend(pixels)
    assert (mended[5, 5], count) == (5, 1)


def test_as_many_as_one_in_ten_thousand_are_replaced_and_one_more_is_refused(pixels: Pixels) -> None:
    pixels[:4, 0] = np.nan
    assert mend(pixels.copy())[1] == 4
    pixels[4, 0] = np.nan
    with pytest.raises(UnreadableMicrograph, match="5 of its 40,000 pixels"):
        mend(pixels)
