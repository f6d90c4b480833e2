from dataclasses import replace

import numpy as np
import pytest
import torch

from picking.science.nets.settings import Recipe
from picking.science.nets.training.crops import Patches, copies, cut
from tests.science.nets.scenes import DIAMETER, DISCS, SIDE, scene

RECIPE = Recipe(contrast=0.25)


def test_a_copy_has_its_disc_where_the_shift_says() -> None:
    patches = cut({"one": scene()}, {"one": DISCS[6:8]}, RECIPE)
    pixels, shifts = copies(patches, RECIPE, 6.0, torch.Generator().manual_seed(0))
    line = torch.arange(RECIPE.crop) - (RECIPE.crop - 1) / 2
    for copy, (x, y) in zip(pixels, shifts.tolist(), strict=True):
        near = torch.hypot(line[None] - x, line[:, None] - y)
        assert copy[near < 0.35 * DIAMETER].mean() < -1
        assert copy[(near > 0.7 * DIAMETER) & (near < 0.9 * DIAMETER)].mean() > -0.5


def test_a_place_at_the_border_is_cut_from_the_mirrored_image() -> None:
    image = scene()
    patches = cut({"one": image}, {"one": np.array([[0.0, SIDE - 1.0]])}, RECIPE)
    x, y = patches.centres[0].int().tolist()
    patch = patches.pixels[0].numpy()
    assert patch[y, x] == image.pixels[SIDE - 1, 0]
    assert np.array_equal(patch[:, x], patch[:, x - 1])
    assert np.array_equal(patch[y], patch[y + 1])


def test_copies_depend_on_the_seed_alone() -> None:
    patches = cut({"one": scene()}, {"one": DISCS[:3]}, RECIPE)
    one, two, other = (copies(patches, RECIPE, 6.0, torch.Generator().manual_seed(seed))[0] for seed in (1, 1, 2))
    assert torch.equal(one, two)
    assert not torch.equal(one, other)


PLAIN = Recipe(scale=0.0, shift=0.0, noise=0.0, contrast=0.0)


def many(pixels: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    """Copies of one square patch, each another."""
    patches = Patches(pixels.expand(40, -1, -1), torch.full((40, 2), (len(pixels) - 1) / 2))
    return copies(patches, recipe, 6.0, torch.Generator().manual_seed(0))[0]


def spots() -> torch.Tensor:
    """A bright spot above the middle and a dark one to the right of it."""
    side = 2 * RECIPE.crop
    line = torch.arange(side) - (side - 1) / 2
    bright, dark = (torch.exp(-((line[None] - x) ** 2 + (line[:, None] - y) ** 2) / 8) for x, y in ((0, -6), (6, 0)))
    return bright - dark


def spot_places(pixels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Where the bright and the dark spot of each copy are, x + i y from the middle."""
    flat, middle = pixels.flatten(1), (pixels.shape[-1] - 1) / 2
    places = (
        torch.stack([spot % pixels.shape[-1], spot // pixels.shape[-1]]) for spot in (flat.argmax(1), flat.argmin(1))
    )
    bright, dark = (torch.complex(*(place - middle)) for place in places)
    return bright, dark


def test_copies_are_turned_every_way_and_half_of_them_mirrored() -> None:
    bright, dark = spot_places(many(spots(), PLAIN))
    assert {*zip((bright.real > 0).tolist(), (bright.imag > 0).tolist(), strict=True)} == {
        (right, below) for right in (True, False) for below in (True, False)
    }
    assert 0.3 < ((bright / dark).imag > 0).float().mean() < 0.7


def test_copies_are_made_larger_and_smaller() -> None:
    bright, _ = spot_places(many(spots(), replace(PLAIN, scale=0.4)))
    assert bright.abs().min() < 5
    assert bright.abs().max() > 7


def test_each_copy_has_its_own_noise_and_contrast_and_stays_within_bounds() -> None:
    flat = torch.full((RECIPE.crop, RECIPE.crop), 2.0)
    noisy = many(flat, replace(PLAIN, noise=0.15))
    assert noisy.std().item() == pytest.approx(0.15, rel=0.1)
    contrasts = many(flat, replace(PLAIN, contrast=0.05))[:, 0, 0] / 2
    assert contrasts.min() < 0.97
    assert contrasts.max() > 1.03
    assert many(3.5 * flat, PLAIN).max() == 6


def test_a_patch_is_large_enough_for_every_copy() -> None:
    """A slope stays one: nothing had to be mirrored in."""
    image = replace(scene(), pixels=np.linspace(-1, 1, SIDE, dtype=np.float32)[None].repeat(SIDE, 0))
    middle = np.full((40, 2), SIDE / 2)
    recipe = replace(PLAIN, scale=0.4, shift=4.0)
    pixels, _ = copies(cut({"one": image}, {"one": middle}, recipe), recipe, 6.0, torch.Generator().manual_seed(0))
    assert pixels.diff(n=2).abs().max() < 1e-4


def test_patches_have_the_weights_of_their_places_by_the_names_of_micrographs() -> None:
    places = {"b": DISCS[:2], "a": DISCS[2:3]}
    weights = {"b": np.array([0.5, 0.25]), "a": np.array([0.125])}
    patches = cut(dict.fromkeys(places, scene()), places, RECIPE, weights)
    assert patches.weights is not None
    assert patches.weights.tolist() == [0.125, 0.5, 0.25]
