import numpy as np
import torch

from picking.science.nets.settings import Recipe
from picking.science.nets.training.crops import copies, cut
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
