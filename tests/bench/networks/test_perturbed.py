from pathlib import Path

import numpy as np
import pytest

from picking.science.benchmark import Dataset
from picking.science.imaging.micrograph import Pixels
from tests.bench.networks.perturbed import CHANGES, FRAME, _off, changed


class Small(Dataset):
    def pixels(self, name: str) -> Pixels:
        return np.random.default_rng(len(name)).normal(100, 10, (400, 500)).astype(np.float32)


IN_THE_FRAME, INSIDE = (FRAME * 500 - 1, 200.0), (FRAME * 500 + 1, 200.0)
DATA = Small(Path(), "small", 2.0, 60.0, ["a"], ["b"], {"a": np.array([IN_THE_FRAME, INSIDE])}, {})


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_leaves_an_image_of_the_same_size(name: str) -> None:
    _, inputs = changed(DATA, CHANGES[name])
    assert all((image.width, image.height) == (500, 400) and image.pixels.std() > 0.5 for image in inputs.values())


def test_particles_that_a_frame_covers_are_left_out() -> None:
    covered = {name: len(changed(DATA, change)[0].particles["a"]) == 1 for name, change in CHANGES.items()}
    assert covered == {name: "frame" in name for name in CHANGES}


def test_labels_are_as_far_off_in_the_mean_as_was_asked() -> None:
    exact = np.full((4000, 2), 100.0)
    moved = _off({"a": exact}, 5.0, np.random.default_rng(0))["a"]
    assert np.hypot(*(moved - exact).T).mean() == pytest.approx(5, rel=0.05)
