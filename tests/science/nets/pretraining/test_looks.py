from dataclasses import replace

import numpy as np

from picking.science.nets.pretraining.looks import filtered, frequencies, gain_of, looked_at, overlaid, texture
from tests.science.nets.pretraining.planted import planted

SHAPE = (96, 128)


def test_superimposed_scenes_have_the_particles_of_both_where_both_are() -> None:
    one, other = planted([(30, 30)]), planted([(70, 50), (140, 100)], shape=(90, 120))
    both = overlaid(one, other, 0.5)
    assert both.image.pixels.shape == (90, 120)
    assert both.particles.tolist() == [[30, 30], [70, 50]]
    assert both.image.pixels[50, 70] < both.image.pixels.mean() - 0.3


def test_a_particle_of_one_scene_on_one_of_the_other_is_a_pair() -> None:
    both = overlaid(planted([(30, 30), (100, 60)]), planted([(34, 30)]), 1.0)
    assert both.overlapping.tolist() == [[32, 30, 8]]


def test_texture_is_coarse() -> None:
    made = texture(SHAPE, np.random.default_rng(0))
    assert abs(made.std() - 1) < 0.01
    neighbours = np.corrcoef(made[:, :-1].ravel(), made[:, 1:].ravel())[0, 1]
    assert neighbours > 0.2


def test_a_gain_of_one_changes_nothing() -> None:
    pixels = np.random.default_rng(0).normal(size=SHAPE).astype(np.float32)
    np.testing.assert_allclose(filtered(pixels, np.ones(SHAPE)), pixels, atol=1e-5)


def test_most_filters_take_fine_detail_away() -> None:
    random = np.random.default_rng(0)
    coarse, fine = ((frequencies(SHAPE) > low) & (frequencies(SHAPE) < low + 0.05) for low in (0.05, 0.4))
    falls = [gain[fine].mean() < 0.3 * gain[coarse].mean() for gain in (gain_of(SHAPE, random) for _ in range(40))]
    assert 0.4 < np.mean(falls) < 1


def test_what_the_networks_see_is_normalised_again() -> None:
    scene = planted([(30, 30)])
    seen = looked_at(scene, planted([(90, 60)]), np.random.default_rng(1)).image.pixels
    assert abs(np.median(seen)) < 0.01
    assert np.abs(seen).max() <= 6
    blank = replace(scene.image, pixels=np.zeros_like(scene.image.pixels))
    assert np.isfinite(looked_at(replace(scene, image=blank), scene, np.random.default_rng(1)).image.pixels).all()
