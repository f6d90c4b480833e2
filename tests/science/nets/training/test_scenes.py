import numpy as np

from picking.science.nets.training.scenes import drawn, scene

DRAWN = [drawn(np.random.default_rng([7, number]), number) for number in range(200)]


def test_a_scene_is_always_the_same() -> None:
    one, again = scene(3), scene(3)
    assert (one.image.pixels == again.image.pixels).all()
    assert (one.particles == again.particles).all()


def test_every_scene_has_a_specimen_of_its_own() -> None:
    assert len({settings.specimen for settings in DRAWN}) == len(DRAWN)


def test_what_a_laboratory_may_have_is_there_and_not_everywhere() -> None:
    for has in (
        [s.carbon for s in DRAWN],
        [s.gold > 0 for s in DRAWN],
        [s.filaments > 0 for s in DRAWN],
        [s.leopard > 0 for s in DRAWN],
        [s.phase_shift > 0 for s in DRAWN],
        [s.layers > 1 for s in DRAWN],
        [s.preferred > 0 for s in DRAWN],
        [not s.energy_filter for s in DRAWN],
        [s.kind == "micelle" for s in DRAWN],
        [s.diameter < 100 for s in DRAWN],
        [s.aspect > 2 for s in DRAWN],
    ):
        assert 0.01 < np.mean(has) < 0.6


def test_places_of_a_scene_lie_in_its_image() -> None:
    made = scene(0)
    ny, nx = made.image.pixels.shape
    assert len(made.particles)
    assert ((made.particles > 0) & (made.particles < (nx, ny))).all()
