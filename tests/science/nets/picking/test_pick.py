from dataclasses import replace

import numpy as np
import pytest
import torch
from scipy.spatial import cKDTree
from torch import Tensor
from torch.nn import functional

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets import Networks, pick, pick_with_maps
from picking.science.nets.model.contamination import ContaminationNet
from picking.science.nets.model.outlier import Outlier
from picking.science.nets.model.particle import ParticleNet, load_simulated
from picking.science.nets.model.shallow import ShallowNet, Shape, seeded
from picking.science.nets.picking.pick import on_device
from picking.science.nets.settings import OutlierSettings, PickingSettings, Settings
from tests.science.nets.scenes import DIAMETER, SIDE, scene

OUTLIER = Outlier(OutlierSettings())
UNTRAINED = Networks(ParticleNet(seeded(Shape(), 0).eval()), ContaminationNet(seeded(Shape(), 1).eval(), OUTLIER))


def test_picks_keep_half_a_diameter_from_each_other_and_from_the_border() -> None:
    picks = pick(UNTRAINED, scene())
    nearest = cKDTree(picks[:, :2]).query_pairs(0.45 * DIAMETER)
    assert len(picks) > 50
    assert not nearest
    assert picks[:, :2].min() >= DIAMETER / 2 - 0.5
    assert picks[:, :2].max() <= SIDE - 0.5 - DIAMETER / 2


def test_at_clean_borders_centres_are_found_up_to_the_outermost_pixels_and_all_else_is_as_it_was() -> None:
    picks, _ = pick_with_maps(UNTRAINED, scene(), to_border=True)
    assert picks[:, :2].min() < 2
    assert picks[:, :2].max() > SIDE - 3
    margin = DIAMETER / 2 - 0.5
    whole = ((picks[:, :2] >= margin) & (picks[:, :2] <= SIDE - 1 - margin)).all(axis=1)
    assert np.array_equal(picks[whole], pick(UNTRAINED, scene()))


def test_a_smeared_border_keeps_half_a_diameter_on_its_side_alone() -> None:
    smeared = replace(scene(), width=SIDE + 20, left=20, right=SIDE + 20)
    x, y, *_ = pick_with_maps(UNTRAINED, smeared, to_border=True)[0].T
    assert x.min() >= 20 + DIAMETER / 2 - 0.5
    assert x.max() > SIDE + 20 - 3
    assert y.min() < 2


def test_scores_lie_between_zero_and_one_and_particle_scores_fall() -> None:
    scores = pick(UNTRAINED, scene())[:, 2:]
    assert scores.min() >= 0
    assert scores.max() <= 1
    assert (np.diff(scores[:, 0]) <= 0).all()


def test_picks_are_in_pixels_of_the_whole_micrograph() -> None:
    image = scene()
    moved = NetworkInput(image.pixels, 2000, 1000, 100, 50, 100 + 4 * SIDE, 50 + 3 * SIDE, DIAMETER)
    here, there = pick(UNTRAINED, image), pick(UNTRAINED, moved)
    expected = (here[:, :2] + 0.5) * (4, 3) - 0.5 + (100, 50)
    assert np.allclose(there[:, :2], expected, atol=1e-2)


def test_a_micrograph_with_odd_sides_is_picked() -> None:
    pixels = scene().pixels[:151, :173]
    picks = pick(UNTRAINED, NetworkInput(pixels, 173, 151, 0, 0, 173, 151, DIAMETER))
    assert picks[:, 0].max() > 150
    assert picks[:, 0].max() < 173


def test_an_image_smaller_than_the_networks_field_is_picked_without_error() -> None:
    pixels = np.zeros((17, 18), np.float32)
    assert pick(UNTRAINED, NetworkInput(pixels, 18, 17, 0, 0, 18, 17, DIAMETER)).shape[1] == 4


@pytest.mark.parametrize("contamination", [True, False])
def test_a_device_works_out_a_micrograph_without_a_word_to_the_host(contamination: bool) -> None:
    """Tensors of the device `meta` know their shapes alone: to ask for a value or to mix in a CPU tensor fails."""
    dirt = (
        ContaminationNet(seeded(Shape(power=True), 1), Outlier(OutlierSettings())).to("meta") if contamination else None
    )
    particle = ParticleNet(seeded(Shape(power=True), 0), load_simulated(), 0.3).to("meta")
    pixels = torch.zeros(200, 300, device="meta")
    with pytest.raises(RuntimeError):
        pixels.sum().item()
    table, maps = on_device(Networks(particle, dirt), pixels)
    assert table.device.type == maps.device.type == "meta"
    assert table.shape == (100 * 150 / 8, 4)
    assert maps.shape == (1 + contamination, 100, 150)


class Mean(ShallowNet):
    """Answers with the mean of the four pixels of each cell."""

    def __init__(self) -> None:
        super().__init__(Shape(first=2, kernels=(), dilations=(), channels=(1,)))

    def forward(self, pixels: Tensor) -> Tensor:
        return functional.avg_pool2d(pixels[:, None], 2)[:, 0]


def test_a_pick_lies_where_the_network_answers_most() -> None:
    rows, columns = np.mgrid[:SIDE, :SIDE]
    hill = 6 * np.exp(-0.5 * ((columns - 60.3) ** 2 + (rows - 81.7) ** 2) / 5**2) - 3
    (best, *_) = pick(Networks(ParticleNet(Mean()), None), replace(scene(), pixels=hill.astype(np.float32)))
    assert best[:2] == pytest.approx((60.3, 81.7), abs=0.1)


def test_a_score_below_the_floor_makes_no_pick() -> None:
    scores = pick(UNTRAINED, scene())[:, 2]
    floor = float(np.median(scores))
    above = pick(replace(UNTRAINED, settings=Settings(picking=PickingSettings(floor=floor))), scene())[:, 2]
    assert np.array_equal(above, scores[scores >= floor])
