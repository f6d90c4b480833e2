import pytest
import torch

from picking.science.nets.model.shallow import Shape, seeded
from picking.science.nets.picking import score
from picking.science.nets.picking.score import image_tensor, logit_map
from tests.science.nets.scenes import SIDE, scene

NET = seeded(Shape(), 0).eval()


def test_a_map_has_a_cell_for_every_two_by_two_pixels() -> None:
    assert logit_map(NET, image_tensor(scene(), torch.device("cpu"))).shape == (SIDE // 2, SIDE // 2)


def test_a_map_made_in_strips_is_the_map_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = image_tensor(scene(), torch.device("cpu"))
    whole = logit_map(NET, pixels)
    monkeypatch.setattr(score, "STRIP_PIXELS", 10_000)
    assert torch.allclose(logit_map(NET, pixels), whole, atol=1e-5)
