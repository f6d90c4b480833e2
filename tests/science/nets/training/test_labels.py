from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from picking.science.nets.settings import LabelSettings
from picking.science.nets.training.labels import TooFewLabels, TrainingSet, places, weighed
from picking.science.picks import Points, as_points
from tests.science.nets.scenes import DISCS, EDGES, EMPTY, labelled, scene


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


def test_five_labels_of_each_kind_are_enough() -> None:
    found = places(labelled(scene(), DISCS[:5], EMPTY[:5]), LabelSettings(), seed=0)
    assert (len(found.particles["one"]), len(found.background["one"])) == (5, 5)


def test_a_contamination_label_on_a_particle_label_gives_way() -> None:
    examples = replace(labelled(scene()), contamination={"one": np.vstack([EDGES, DISCS[:2]])})
    assert len(places(examples, LabelSettings(), seed=0).contamination["one"]) == len(EDGES)


def strewn(polygon: Sequence[tuple[float, float]], settings: LabelSettings | None = None) -> int:
    """How many contamination places a region stands for."""
    examples = replace(labelled(scene()), particles={"one": DISCS[:5]}, regions={"one": [as_points(polygon)]})
    return len(places(examples, settings or LabelSettings(), seed=0).contamination["one"])


def test_a_large_region_stands_for_no_more_places_than_the_most_and_a_small_one_for_some() -> None:
    large, small = [(90, 90), (210, 90), (210, 210), (90, 210)], [(100, 100), (111, 100), (111, 111), (100, 111)]
    assert strewn(large) > 7
    assert 4 <= strewn(large, LabelSettings(region_places=7)) <= 7
    assert strewn(small) >= 2


def test_a_region_far_beyond_the_image_stands_for_places_in_it() -> None:
    assert strewn([(100, 100), (1e6, 100), (1e6, 210), (100, 210)]) > 5


def test_labels_keep_their_weights_and_those_without_count_1() -> None:
    weights = np.linspace(0.2, 0.8, len(EDGES))
    examples = replace(labelled(scene()), contamination={"one": np.column_stack([EDGES, weights])})
    found = places(examples, LabelSettings(), seed=0)
    assert found.contamination_weights["one"].tolist() == weights.tolist()
    assert (found.particle_weights["one"] == 1).all()
    assert found.contamination["one"].shape == (len(EDGES), 2)


def test_of_two_labels_in_one_place_the_weight_of_the_first_counts() -> None:
    particles = np.vstack([np.insert(DISCS, 2, 1.0, axis=1), np.insert(DISCS, 2, 0.3, axis=1)])
    found = places(labelled(scene(), particles), LabelSettings(), seed=0)
    assert found.particle_weights["one"].tolist() == [1.0] * len(DISCS)


def test_a_label_of_no_weight_is_none() -> None:
    with pytest.raises(TooFewLabels, match="there are 4 and 9"):
        places(labelled(scene(), np.column_stack([DISCS[:8], [1, 0] * 4])), LabelSettings(), seed=0)


def test_labels_that_count_less_count_together_no_more_than_the_others() -> None:
    weights = np.where(np.arange(len(DISCS)) < 2, 1.0, np.linspace(0.5, 0.9, len(DISCS)))
    found = places(labelled(scene(), np.column_stack([DISCS, weights])), LabelSettings(), seed=0)
    whole, less = np.split(found.particle_weights["one"], [2])
    assert whole.tolist() == [1, 1]
    assert less.sum() == pytest.approx(2)
    assert less / less[0] == pytest.approx(weights[2:] / weights[2])


def judged(points: Points) -> Points:
    """Labels that are judged picks."""
    return np.insert(points, [2, 2], 1, axis=1)


def test_judged_picks_are_particles_that_are_no_fair_sample() -> None:
    found = places(labelled(scene(), np.vstack([judged(DISCS[:4]), weighed(DISCS[4:])])), LabelSettings(), seed=0)
    assert found.particles["one"].tolist() == scene().to_input(DISCS).tolist()
    assert found.fair["one"].tolist() == found.particles["one"][4:].tolist()


def test_labels_of_the_rarer_kind_say_how_many_there_are() -> None:
    assert places(labelled(scene(), DISCS[:6]), LabelSettings(), seed=0).count == 6
    assert places(labelled(scene(), DISCS, EMPTY[:5]), LabelSettings(), seed=0).count == 5


def test_judged_picks_and_labels_that_count_less_are_fewer() -> None:
    light, settings = np.insert(DISCS, 2, 0.1, axis=1), LabelSettings()
    assert places(labelled(scene(), light), settings, seed=0).count == pytest.approx(0.1 * len(DISCS))
    rows = np.vstack([judged(DISCS[:4]), weighed(DISCS[4:6])])
    assert places(labelled(scene(), rows), settings, seed=0).count == 4 * settings.judged + 2


def test_places_in_a_region_count_1_beside_weighed_labels() -> None:
    polygon = as_points([(100, 100), (200, 100), (100, 200)])
    examples = replace(
        labelled(scene()), contamination={"one": np.insert(EDGES[:2], 2, 0.5, axis=1)}, regions={"one": [polygon]}
    )
    weights = places(examples, LabelSettings(), seed=0).contamination_weights["one"]
    assert set(weights.tolist()) == {0.5, 1.0}
