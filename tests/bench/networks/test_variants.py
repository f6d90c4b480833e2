from collections import Counter
from dataclasses import asdict, replace

from tests.bench.networks.variants import FULL, NOISE, VARIANTS


def test_every_step_left_out_and_every_other_number_makes_another_recipe() -> None:
    recipes = Counter(repr(replace(variant, name="", changes=asdict(variant.settings))) for variant in VARIANTS)
    assert max(recipes.values()) == 1


def test_noise_is_the_same_recipe_from_another_start() -> None:
    assert all(variant.settings == FULL.settings and variant.start for variant in NOISE)


def test_names_are_unique() -> None:
    assert max(Counter(variant.name for variant in VARIANTS).values()) == 1
