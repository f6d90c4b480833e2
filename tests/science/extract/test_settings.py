from typing import Any

import pytest

from picking.science.extract.settings import BadExtraction, ExtractSettings, good_box, suggested_box


@pytest.mark.parametrize(
    ("box", "binned", "diameter", "radius"),
    # by RELION 4's command lines: box 256 with a circle of 200 pixels to 64 has --bg_radius 25, box 360 to 256 has 71
    [(256, 64, 200, 25), (360, 256, 200, 71), (256, None, None, 96), (128, 100, None, 37), (256, 64, None, 24)],
)
def test_the_radius_of_the_background_is_that_of_relions_job(
    box: int, binned: int | None, diameter: float | None, radius: int
) -> None:
    assert ExtractSettings(box, binned, background_diameter=diameter).background_radius == radius


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        ({"box": 65}, "use 66"),
        ({"box": 0}, "use 2"),
        ({"box": 64, "binned_box": 33}, "use 34"),
        ({"box": 64, "binned_box": 128}, "make it smaller"),
        ({"box": 64, "background_diameter": 65}, "make the circle smaller"),
        ({"box": 64, "background_diameter": -1}, "make the circle smaller"),
        ({"box": 64, "white_dust": 0}, "such as 5"),
        ({"box": 64, "half_precision": True, "normalise": False}, "use 32 bits"),
    ],
)
def test_settings_that_cannot_be_used_say_what_to_do(options: dict[str, Any], remedy: str) -> None:
    with pytest.raises(BadExtraction, match=remedy):
        ExtractSettings(**options)


@pytest.mark.parametrize(
    ("least", "size"), [(1, 2), (63.2, 64), (64, 64), (65, 72), (262, 270), (257, 270), (300, 300)]
)
def test_sizes_whose_transform_is_fast(least: float, size: int) -> None:
    assert good_box(least) == size


def test_the_suggested_box_is_one_and_a_half_diameters() -> None:
    assert suggested_box(150, 0.9) == 250
