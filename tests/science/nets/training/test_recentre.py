from dataclasses import replace

import numpy as np
import pytest
import torch

from picking.science.imaging.network_input import NetworkInput, make_network_input
from picking.science.nets.settings import RecentringSettings
from picking.science.nets.training import recentre
from picking.science.nets.training.crops import Patches
from picking.science.nets.training.recentre import recentred
from picking.science.picks import Points
from picking.science.simulate import Simulation, simulate_micrograph
from tests.science.nets.scenes import Copying

SIMULATED = Simulation(width=640, height=640, pixel_size=5, specimen=99)
SETTINGS = RecentringSettings()
CPU = torch.device("cpu")


def scene(seed: int = 0, dark: bool = True) -> tuple[NetworkInput, Points, Points]:
    """A simulated micrograph with its particles and empty places, in input pixels."""
    made = simulate_micrograph(replace(SIMULATED, dark=dark), seed)
    image = make_network_input(made.pixels, SIMULATED.pixel_size, SIMULATED.diameter)
    return image, image.to_input(made.particles), image.to_input(made.background)


def off(places: Points, diameters: float) -> Points:
    """Each moved so far, in a direction of its own."""
    angle = np.random.default_rng(0).uniform(0, 2 * np.pi, len(places))
    return places + diameters * 16 * np.column_stack([np.cos(angle), np.sin(angle)])


def gap(places: Points, exact: Points) -> float:
    """Mean distance in diameters."""
    return float(np.hypot(*(places - exact).T).mean() / 16)


@pytest.mark.parametrize("dark", [True, False])
def test_labels_off_the_middle_are_moved_towards_it(dark: bool) -> None:
    image, exact, empty = scene(dark=dark)
    moved = recentred({"one": image}, {"one": off(exact, 0.25)}, {"one": empty}, SETTINGS, CPU)["one"]
    assert gap(moved, exact) < 0.12


@pytest.mark.parametrize("diameters", [0.0, 0.05])
def test_labels_that_are_about_exact_stay_where_they_are(diameters: float) -> None:
    image, exact, empty = scene()
    labels = off(exact, diameters)
    assert recentred({"one": image}, {"one": labels}, {"one": empty}, SETTINGS, CPU)["one"] is labels


def test_labels_on_nothing_that_the_simulated_network_knows_stay() -> None:
    image, places, empty = scene()
    noise = np.random.default_rng(0).normal(0, 1, image.pixels.shape).astype(np.float32)
    assert (
        recentred({"one": replace(image, pixels=noise)}, {"one": places}, {"one": empty}, SETTINGS, CPU)["one"]
        is places
    )


def test_each_micrograph_keeps_its_own_labels() -> None:
    (first, exact_first, empty), (second, exact_second, _) = scene(0), scene(1)
    labels = {"second": off(exact_second, 0.25), "none": np.zeros((0, 2)), "first": off(exact_first[:10], 0.25)}
    inputs = {"first": first, "second": second, "none": first}
    moved = recentred(inputs, labels, {"first": empty}, SETTINGS, CPU)
    assert len(moved["none"]) == 0
    assert max(gap(moved["first"], exact_first[:10]), gap(moved["second"], exact_second)) < 0.14


@pytest.mark.parametrize(("trust", "moved"), [(0.39, False), (0.41, True), (-0.41, True)])
def test_labels_are_moved_only_where_the_simulated_network_is_right_about_them(
    monkeypatch: pytest.MonkeyPatch, trust: float, moved: bool
) -> None:
    image, exact, empty = scene(dark=trust > 0)
    monkeypatch.setattr(recentre, "trust_in", lambda *_: trust)
    labels = off(exact, 0.25)
    found = recentred({"one": image}, {"one": labels}, {"one": empty}, SETTINGS, CPU)["one"]
    assert (found is not labels) == moved


def test_a_label_that_is_moved_stays_on_the_image(monkeypatch: pytest.MonkeyPatch) -> None:
    image, exact, empty = scene()
    far = np.tile([-1e4, 1e4], (len(exact), 1))
    monkeypatch.setattr(recentre, "_to_middles", lambda *_: (far, np.ones(len(exact))))
    found = recentred({"one": image}, {"one": exact}, {"one": empty}, SETTINGS, CPU)["one"]
    assert {*map(tuple, found.tolist())} == {(0, image.pixels.shape[0] - 1)}


def test_of_two_places_that_look_alike_the_nearer_is_the_middle() -> None:
    pixels = torch.zeros(1, 14, 14)
    pixels[0, 6, [0, 8]] = 9.0
    patches = Patches(pixels, torch.tensor([[6.5, 6.5]]))
    moves, _ = recentre._to_middles(Copying(), 1.0, patches, pull=0.5)
    assert moves[0] == pytest.approx((2, 0), abs=0.2)
