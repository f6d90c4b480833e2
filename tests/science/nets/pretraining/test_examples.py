import numpy as np

from picking.science.nets.model.shallow import Shape
from picking.science.nets.pretraining.examples import Example, tiles
from picking.science.nets.pretraining.targets import targets_of
from tests.science.nets.pretraining.planted import planted

SHAPE = Shape()


def test_cells_of_a_tile_lie_on_their_pixels_however_it_is_turned() -> None:
    scene = planted([(60.5, 40.5), (100.5, 70.5)])
    example = Example(scene.image.pixels.astype(np.float16), targets_of(scene))
    batch = tiles([example], 24, 20, SHAPE, np.random.default_rng(0))
    assert batch.pixels.shape == (24, SHAPE.side(20), SHAPE.side(20))
    assert batch.particle.shape == (24, 20, 20)
    first = (SHAPE.receptive_field - 2) // 2
    middles = batch.pixels[:, first : first + 40 : 2, first : first + 40 : 2]
    assert batch.near.any()
    assert float(middles[batch.particle > 0.9].mean()) < -1.5
    assert abs(float(middles[~batch.near].mean())) < 0.3


def test_the_same_random_numbers_give_the_same_tiles() -> None:
    scene = planted([(60.5, 40.5)])
    example = Example(scene.image.pixels.astype(np.float16), targets_of(scene))
    one, again = (tiles([example], 4, 20, SHAPE, np.random.default_rng(7)) for _ in range(2))
    assert one.pixels.equal(again.pixels)
    assert one.particle.equal(again.particle)
