from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from picking.science.benchmark import read_dataset
from picking.science.imaging.micrograph import Pixels
from picking.science.simulate import Simulation
from tests.bench.networks.simulated_set import SimulatedSet
from tests.bench.peers import eman2

CPU = torch.device("cpu")


def blob(shape: tuple[int, int], x: float, y: float, sigma: float) -> Pixels:
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    return np.asarray(np.exp(-0.5 * ((columns - x) ** 2 + (rows - y) ** 2) / sigma**2), np.float32)


def test_a_network_has_the_published_number_of_weights() -> None:
    assert sum(weights.numel() for weights in eman2.Eman2Net().parameters()) == 99_041


def test_training_and_picking_convolve_alike() -> None:
    net, pixels = eman2.Eman2Net(), torch.randn(2, 1, 64, 64)
    training = net(pixels)
    assert torch.allclose(training, net.eval()(pixels), atol=1e-5)


@pytest.mark.parametrize("diameter", [200.0, 70.0])  # px: the image is made smaller, larger
def test_a_peak_is_where_the_particle_is_in_the_micrograph(diameter: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eman2, "CLAMP", 100)  # a lonely particle would be cut to a plateau
    image = eman2.make_image(blob((500, 640), 301, 200, diameter / 3), 2, 2 * diameter)
    scale = eman2.BOX_DIAMETERS * diameter / eman2.BOX
    halved = nn.AvgPool2d(2).eval()
    picks = eman2.pick((halved, halved), image, scale, CPU)  # type: ignore[arg-type]
    best = picks[picks[:, 2].argmax()]
    assert np.hypot(*(best[:2] - (301, 200))) < scale


def test_copies_are_turned_about_the_place() -> None:
    images = {"one": blob((200, 200), 80, 120, sigma=4)}
    copies = eman2.turned_copies(images, {"one": np.array([[80.0, 120.0]])}, 1.0, np.random.default_rng(0))
    assert copies.shape == (eman2.COPIES, eman2.BOX, eman2.BOX)
    middle = eman2.BOX // 2
    assert (copies[:, middle - 1 : middle + 1, middle - 1 : middle + 1].mean((1, 2)) > 0.95).all()
    assert copies.std(axis=0).max() < 0.01  # a round blob looks the same however it is turned


def test_a_network_learns_the_sign_of_its_target() -> None:
    discs = np.tile(blob((64, 64), 31.5, 31.5, 8) * 4, (16, 1, 1))
    net = eman2.train_network(discs, np.zeros_like(discs), -1.0, 1e-3, 6, CPU, seed=0)
    with torch.inference_mode():
        seen, empty = net(torch.from_numpy(np.stack([discs[0], 0 * discs[0]]))[:, None])[:, 0, 15:17, 15:17].mean(
            (1, 2)
        )
    assert seen < empty - 0.2


def test_a_seed_goes_all_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eman2, "COPIES", 20)
    simulation = Simulation(width=320, height=256, pixel_size=5, diameter=160, particles=20, ice_crystals=3)
    SimulatedSet(simulation, "MRC 2", pool=1, test=1).write(tmp_path / "set")
    figures = eman2.run_seed(read_dataset(tmp_path / "set"), 10, 0, epochs=1)
    assert set(figures) == {"first network alone", "both networks"}
    assert all(0 <= each["best_F1"] <= 1 for each in figures.values())
