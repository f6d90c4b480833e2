import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets import Networks, pick_with_maps, score_png
from picking.science.nets.model.contamination import ContaminationNet
from picking.science.nets.model.outlier import Outlier
from picking.science.nets.model.particle import ParticleNet
from picking.science.nets.model.shallow import Shape, seeded
from picking.science.nets.picking.score_map import LARGEST
from picking.science.nets.settings import OutlierSettings
from tests.science.nets.scenes import SIDE, scene

OUTLIER = Outlier(OutlierSettings())
UNTRAINED = Networks(ParticleNet(seeded(Shape(), 0).eval()), ContaminationNet(seeded(Shape(), 1).eval(), OUTLIER))


def decoded(scores: NDArray[np.float32], image: NetworkInput) -> NDArray[np.float64]:
    return np.asarray(Image.open(io.BytesIO(score_png(scores, image))), np.float64)


def part_of(width: int, height: int, left: int, top: int, right: int, bottom: int) -> NetworkInput:
    return NetworkInput(np.zeros((40, 60), np.float32), width, height, left, top, right, bottom, 16.0)


def test_a_cell_lies_over_its_place_of_the_micrograph() -> None:
    scores = np.zeros((20, 30), np.float32)
    scores[5, 12] = 1.0
    image = part_of(800, 600, 100, 50, 700, 450)  # ten micrograph pixels an input pixel
    picture = decoded(scores, image)
    row, column = np.unravel_index(picture.argmax(), picture.shape)
    across = 800 / picture.shape[1]
    assert abs((column + 0.5) * across - (100 + 12.5 * 20)) < 20
    assert abs((row + 0.5) * across - (50 + 5.5 * 20)) < 20


def test_what_the_networks_did_not_see_is_zero() -> None:
    picture = decoded(np.ones((20, 30), np.float32), part_of(800, 600, 100, 50, 700, 450))
    assert picture[:, 0].max() == 0
    assert picture[picture.shape[0] // 2, picture.shape[1] // 2] == 255


def test_a_large_map_is_made_smaller() -> None:
    image = part_of(6000, 4000, 0, 0, 60, 40)
    assert decoded(np.zeros((20, 30), np.float32), image).shape == (342, LARGEST)


def test_picks_have_the_scores_of_the_maps() -> None:
    image = scene()
    picks, maps = pick_with_maps(UNTRAINED, image)
    cells = np.rint((image.to_input(picks[:, :2]) - 0.5) / 2).astype(int)
    for name, column in (("particle", 2), ("contamination", 3)):
        assert maps[name].shape == (SIDE // 2, SIDE // 2)
        near = [maps[name][y - 1 : y + 2, x - 1 : x + 2] for x, y in cells]
        scores = picks[:, column]
        assert all(n.min() <= score <= n.max() for n, score in zip(near, scores, strict=True))
