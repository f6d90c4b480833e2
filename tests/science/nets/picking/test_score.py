from dataclasses import replace

import numpy as np
import torch

from picking.science.nets.model.shallow import Shape, seeded
from picking.science.nets.picking.score import image_tensor, logit_map
from tests.science.nets.scenes import SIDE, scene

NET = seeded(Shape(), 0).eval()


def test_a_map_has_a_cell_for_every_two_by_two_pixels() -> None:
    assert logit_map(NET, image_tensor(scene(), torch.device("cpu"))).shape == (SIDE // 2, SIDE // 2)


def test_a_map_made_in_strips_is_the_map_made_at_once() -> None:
    pixels = image_tensor(scene(), torch.device("cpu"))
    assert torch.allclose(logit_map(NET, pixels, 10_000), logit_map(NET, pixels), atol=1e-5)


def test_beyond_its_borders_an_image_is_mirrored() -> None:
    pixels = image_tensor(scene(), torch.device("cpu"))
    mirrored = np.pad(pixels.numpy(), (NET.receptive_field - 2) // 2, mode="reflect")
    assert torch.allclose(logit_map(NET, pixels), NET(torch.from_numpy(mirrored)[None])[0], atol=1e-5)


def test_an_odd_last_row_and_column_are_repeated() -> None:
    image = scene()
    pixels = image_tensor(replace(image, pixels=image.pixels[:151, :173]), torch.device("cpu"))
    assert pixels.shape == (152, 174)
    assert torch.equal(pixels[-1], pixels[-2])
    assert torch.equal(pixels[:, -1], pixels[:, -2])
