from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from scipy.spatial import cKDTree

from picking.science.evaluate import at_threshold, average_precision, best_f1, match, precision_recall
from picking.science.imaging.network_input import NetworkInput, make_network_input
from picking.science.nets import Settings, load_networks, pick, shipped
from picking.science.nets.model.file import load_nets, save_nets
from picking.science.nets.model.particle import WIDE, load_simulated
from picking.science.nets.model.shallow import Shape, seeded
from picking.science.nets.shipped import first_guess, see_negative, shipped_networks
from picking.science.picks import NEAR, Points
from picking.science.simulate import Simulation, simulate_micrograph

SIMULATION = Simulation(width=640, height=640, pixel_size=5, particles=40, specimen=98)


def simulated(seed: int = 0, **changes: object) -> tuple[NetworkInput, Points]:
    settings = replace(SIMULATION, **changes)  # type: ignore[arg-type]
    made = simulate_micrograph(settings, seed)
    return make_network_input(made.pixels, settings.pixel_size, settings.diameter), made.particles


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("particles", [4, 40])
def test_particles_are_found_without_a_label_be_they_dark_or_bright(dark: bool, particles: int) -> None:
    image, truth = simulated(dark=dark, particles=particles)
    picks = pick(shipped_networks([image]), image)
    hits = match(picks[:, :2].astype(float), picks[:, 2], truth, SIMULATION.diameter_px)
    assert average_precision(precision_recall(picks[:, 2], hits, len(truth))) > 0.8


@pytest.mark.parametrize("particles", [15, 150])
def test_the_default_threshold_is_nearly_the_best_be_particles_few_or_many(particles: int) -> None:
    image, truth = simulated(particles=particles)
    guess = first_guess([image])
    picks = pick(replace(guess.networks, contamination=None), image)
    curve = precision_recall(
        picks[:, 2], match(picks[:, :2].astype(float), picks[:, 2], truth, SIMULATION.diameter_px), len(truth)
    )
    assert at_threshold(curve, 0.5).f1 > best_f1(curve).f1 - 0.06  # of 15 particles, three picks too many are that


def test_outliers_among_the_surest_picks_count_as_contamination() -> None:
    image, truth = simulated()
    picks = pick(shipped_networks([image]), image)
    near = cKDTree(truth).query(picks[:, :2])[0] < NEAR * SIMULATION.diameter_px
    assert np.median(picks[near, 3]) < 0.5
    spoilt = image.pixels.copy()
    x, y = image.to_input(truth[:1])[0].round().astype(int)
    spoilt[y - 30 : y + 30, x - 30 : x + 30] -= 3
    dirty = pick(shipped_networks([image]), replace(image, pixels=spoilt))
    there = np.hypot(*(dirty[:, :2] - truth[0]).T) < NEAR * SIMULATION.diameter_px
    assert not there.any() or dirty[there, 3].max() > 0.5


def test_a_grey_micrograph_gives_an_answer_but_no_outliers() -> None:
    image, _ = simulated()
    guess = first_guess([replace(image, pixels=np.zeros_like(image.pixels))])
    assert np.isfinite(guess.f1)


def test_one_empty_micrograph_does_not_turn_bright_particles_dark() -> None:
    image, _ = simulated(dark=False)
    empty, _ = simulated(1, dark=False, particles=0)
    grey = replace(image, pixels=np.zeros_like(image.pixels))
    alone, among = (shipped_networks(images) for images in ([image], [empty, image, grey]))
    first = "layers.0.weight"
    torch.testing.assert_close(alone.particle.own.state_dict()[first], among.particle.own.state_dict()[first])


def test_a_network_that_sees_the_negative_finds_in_it_what_it_found_before() -> None:
    net, turned = load_simulated(), load_simulated()
    see_negative(turned)
    pixels = torch.randn(1, 60, 60)
    torch.testing.assert_close(turned(-pixels), net(pixels))


def test_the_networks_are_saved_and_read_as_those_of_a_training(tmp_path: Path) -> None:
    image, _ = simulated(dark=False)
    networks = shipped_networks([image])
    networks.save(tmp_path / "first.safetensors")
    again = load_networks(tmp_path / "first.safetensors")
    assert again.settings == Settings()
    np.testing.assert_array_equal(pick(again, image), pick(networks, image))


@pytest.mark.parametrize("dark", [True, False])
def test_the_guess_is_the_mean_of_both_networks_that_come_with_the_program(dark: bool) -> None:
    image, _ = simulated(dark=dark)
    particle = shipped_networks([image]).particle
    pixels = torch.randn(1, 60, 60)
    seen = pixels if dark else -pixels
    with torch.no_grad():
        both = [load_simulated()(seen), load_nets(WIDE)[0]["wide"](seen)]
        torch.testing.assert_close(particle(pixels), (both[0] + both[1]) / 2)


@pytest.mark.parametrize("dark", [True, False])
def test_a_contamination_network_in_the_file_scores_the_picks(
    dark: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image, _ = simulated(dark=dark)
    second = seeded(Shape(power=True), 1)
    save_nets(tmp_path / "two.safetensors", {"simulated": load_simulated(), "contamination": second})
    monkeypatch.setattr(shipped, "SIMULATED", tmp_path / "two.safetensors")
    networks = shipped_networks([image])
    networks.save(tmp_path / "first.safetensors")
    picks = pick(load_networks(tmp_path / "first.safetensors"), image)
    assert picks[:, 3].min() > 0
    sign = 1 if dark else -1
    pixels = torch.randn(1, 60, 60)
    assert networks.contamination is not None
    assert networks.contamination.own is not None
    torch.testing.assert_close(networks.contamination.own(sign * pixels), second.eval()(pixels))


def test_no_micrograph_is_refused() -> None:
    with pytest.raises(ValueError, match="no micrograph"):
        shipped_networks([])
