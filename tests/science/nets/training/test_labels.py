import numpy as np
import pytest

from picking.science.nets.settings import LabelSettings
from picking.science.nets.training.labels import TooFewLabels, TrainingSet, places
from picking.science.picks import as_points
from tests.science.nets.scenes import DISCS, EMPTY, labelled, scene


def test_fewer_than_five_particles_are_refused_with_both_numbers() -> None:
    with pytest.raises(TooFewLabels, match="there are 4 and 9"):
        places(labelled(scene(), DISCS[:4]), LabelSettings(), seed=0)


def test_labels_all_in_one_place_count_once() -> None:
    crowd = np.tile(DISCS[:1], (20, 1)) + np.linspace(0, 1, 20)[:, None]
    with pytest.raises(TooFewLabels, match="there are 1 and 9"):
        places(labelled(scene(), crowd), LabelSettings(), seed=0)


def test_labels_outside_the_image_do_not_count() -> None:
    with pytest.raises(TooFewLabels, match="there are 12 and 0"):
        places(labelled(scene(), background=EMPTY + 1000), LabelSettings(), seed=0)


def test_a_background_label_on_a_particle_label_gives_way() -> None:
    found = places(labelled(scene(), background=np.vstack([EMPTY, DISCS[:2]])), LabelSettings(), seed=0)
    assert len(found.background["one"]) == len(EMPTY)


def test_a_region_stands_for_contamination_places_inside_it() -> None:
    image, polygon = scene(), as_points([(100, 100), (200, 100), (100, 200)])
    examples = TrainingSet({"one": image}, {"one": DISCS}, {"one": EMPTY}, regions={"one": [polygon]})
    x, y = image.to_micrograph(places(examples, LabelSettings(), seed=0).contamination["one"]).T
    assert len(x) >= 5
    assert (x >= 99).all()
    assert (y >= 99).all()
    assert (x + y <= 302).all()
