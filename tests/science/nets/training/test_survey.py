import numpy as np
import pytest
import torch
from scipy.special import logit

from picking.science.nets.model.particle import ParticleNet
from picking.science.nets.model.shallow import Shape, seeded
from picking.science.nets.settings import CalibrationSettings, Settings
from picking.science.nets.training.labels import Places, TrainingSet
from picking.science.nets.training.survey import Survey, confident, elsewhere, survey, trust
from tests.science.nets.scenes import DIAMETER, DISCS, EDGES, EMPTY, SIDE, scene

MOST = Settings().calibration.micrographs
CPU = torch.device("cpu")


@pytest.mark.parametrize(("share", "part"), [(0.8, 1.0), (0.57, 1.0), (0.285, 0.5), (0.057, 0.1)])
def test_what_was_found_is_trusted_as_far_as_the_scores_promise_the_usual_share_of_particles(
    share: float, part: float
) -> None:
    found = {"one": Survey(np.zeros((9, 2)), np.full(9, logit(share))), "empty": Survey(np.zeros((0, 2)), np.zeros(0))}
    assert trust(found, 0.57) == pytest.approx(part)


def test_where_there_are_no_candidates_nothing_is_doubted() -> None:
    assert trust({"one": Survey(np.zeros((0, 2)), np.zeros(0))}, 0.57) == 1


def test_only_so_many_labelled_micrographs_are_looked_at() -> None:
    names = [str(i) for i in range(MOST + 3)]
    image = scene()
    examples = TrainingSet(dict.fromkeys(names, image), {}, {})
    labels = Places(dict.fromkeys(names, DISCS), {"0": EMPTY}, {})
    found = survey(ParticleNet(seeded(Shape(), 0).eval()), examples, labels, Settings(), 0, CPU)
    assert len(found) == MOST


def test_a_few_micrographs_without_particle_labels_are_looked_at_from_all_over_the_project() -> None:
    names = ["0", "1", "2", "3", "4", "5", "6"]
    examples, labels = TrainingSet(dict.fromkeys(names, scene()), {}, {}), Places({"0": DISCS}, {"1": EMPTY}, {})
    found = elsewhere(ParticleNet(seeded(Shape(), 0).eval()), examples, labels, Settings(), CPU)
    assert [*found] == ["1", "3", "6"]


def test_particles_that_the_border_cuts_are_not_looked_at() -> None:
    examples, labels = TrainingSet({"one": scene()}, {}, {}), Places({"one": DISCS}, {}, {})
    found = survey(ParticleNet(seeded(Shape(), 0).eval()), examples, labels, Settings(), 0, CPU)["one"].places
    assert found.min() >= DIAMETER / 2 - 0.5
    assert found.max() <= SIDE - 0.5 - DIAMETER / 2


def test_another_seed_looks_at_other_micrographs() -> None:
    names = [str(i) for i in range(MOST + 3)]
    examples = TrainingSet(dict.fromkeys(names, scene()), {}, {})
    labels, settings = Places(dict.fromkeys(names, DISCS), {}, {}), Settings(calibration=CalibrationSettings(1))
    net = ParticleNet(seeded(Shape(), 0).eval())
    assert len({name for seed in range(4) for name in survey(net, examples, labels, settings, seed, CPU)}) > 1


def test_confident_places_are_a_diameter_and_more_from_contamination() -> None:
    image, dirt = scene(), EDGES[:1]
    near, far = (dirt + np.array([part * image.diameter, 0]) for part in (0.9, 1.1))
    found = {"one": Survey(np.concatenate([near, far]), np.ones(2))}
    chosen = confident(found, TrainingSet({"one": image}, {}, {}), Places({}, {}, {"one": dirt}), 300, 0)
    assert np.array_equal(chosen["one"], far)


def test_micrographs_share_the_confident_places() -> None:
    found = dict.fromkeys(("one", "two"), Survey(DISCS, np.ones(len(DISCS))))
    examples = TrainingSet(dict.fromkeys(found, scene()), {}, {})
    chosen = confident(found, examples, Places({}, {}, {}), 10, 0)
    assert [len(places) for places in chosen.values()] == [5, 5]


def test_confident_places_are_likely_particles_off_the_contamination() -> None:
    places = np.concatenate([DISCS, EDGES])
    found = {"one": Survey(places, np.where(np.arange(len(places)) == 0, -1.0, 1.0))}
    chosen = confident(found, TrainingSet({"one": scene()}, {}, {}), Places({}, {}, {"one": EDGES}), 300, 0)
    assert np.array_equal(np.sort(chosen["one"], 0), np.sort(DISCS[1:], 0))
