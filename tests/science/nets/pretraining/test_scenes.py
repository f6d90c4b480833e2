import numpy as np

from picking.science.nets.pretraining import scenes
from picking.science.nets.pretraining.scenes import drawn, scene


def test_a_scene_is_the_same_each_time_and_another_in_another_family() -> None:
    one, again, other = scene(3), scene(3), scene(3, family=8)
    np.testing.assert_array_equal(one.image.pixels, again.image.pixels)
    np.testing.assert_array_equal(one.particles, again.particles)
    assert not np.array_equal(one.image.pixels[:100, :100], other.image.pixels[:100, :100])


def test_the_truth_lies_in_the_image_that_the_networks_see() -> None:
    made = scene(3)
    ny, nx = made.image.pixels.shape
    assert len(made.particles)
    assert ((made.particles > 0) & (made.particles < (nx, ny))).all()


def test_dark_places_are_where_the_particles_are() -> None:
    made = scene(1)
    x, y = made.particles.round().astype(int).T
    assert made.image.pixels[y, x].mean() < made.image.pixels.mean() - 0.1


def test_every_kind_of_specimen_and_of_contamination_is_drawn() -> None:
    settings = [drawn(np.random.default_rng(number), number) for number in range(200)]
    assert {each.kind for each in settings} == {*scenes.KINDS}
    for name in ("gold", "frost", "aggregates", "broken", "overlapping", "filaments", "debris", "leopard", "blur"):
        some = [bool(getattr(each, name)) for each in settings]
        assert any(some)
        assert not all(some)
    assert {each.layers for each in settings} == {1, 2, 3}
    assert any(each.phase_shift for each in settings)
