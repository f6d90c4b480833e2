import numpy as np
import pytest
import torch
from scipy.special import logit

from picking.science.nets.found import (
    LOOKED_AT,
    MOST_SHIFT,
    WITHIN_ERROR,
    Found,
    allow_for_share,
    confident,
    look,
    sparse_shift,
    trust,
)
from picking.science.nets.labels import Places, TrainingSet
from picking.science.nets.particle import ParticleNet
from picking.science.nets.shallow import Shape, seeded
from tests.science.nets.scenes import DISCS, EDGES, EMPTY, scene

CPU = torch.device("cpu")


def candidates(share: float, number: int = 4000) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Logits, right where 0.57 of the candidates are particles, of candidates of which only a share are."""
    random = np.random.default_rng(0)
    particle = random.random(number) < share
    return np.where(particle, random.normal(2, 2, number), random.normal(-2, 2, number)) + float(logit(0.57))


@pytest.mark.parametrize("share", [0.2, 0.3])
def test_logits_are_lowered_by_what_the_share_of_particles_is_far_below_the_usual(share: float) -> None:
    lower = logit(0.57) - logit(share) - WITHIN_ERROR
    assert sparse_shift(candidates(share)) == pytest.approx(-lower, abs=0.15)


def test_a_share_a_little_below_the_usual_changes_nothing() -> None:
    assert sparse_shift(candidates(0.4)) == 0


def test_many_particles_change_nothing_and_very_few_no_more_than_the_most() -> None:
    assert sparse_shift(candidates(0.8)) == 0
    assert sparse_shift(candidates(0.02)) == -MOST_SHIFT
    assert sparse_shift(np.array([])) == 0


def test_the_calibration_of_the_network_is_lowered_with_what_it_found() -> None:
    particle = ParticleNet(seeded(Shape(), 0).eval())
    found = allow_for_share(particle, {"one": Found(np.zeros((3, 2)), np.array([1.0, -3, -4]))})
    assert particle.calibration.tolist() == pytest.approx([1, -MOST_SHIFT])
    assert found["one"].logits.tolist() == pytest.approx([0, -4, -5])


@pytest.mark.parametrize(("share", "part"), [(0.8, 1.0), (0.57, 1.0), (0.285, 0.5), (0.057, 0.1)])
def test_what_was_found_is_trusted_as_far_as_the_scores_promise_the_usual_share_of_particles(
    share: float, part: float
) -> None:
    found = {"one": Found(np.zeros((9, 2)), np.full(9, logit(share))), "empty": Found(np.zeros((0, 2)), np.zeros(0))}
    assert trust(found) == pytest.approx(part)


def test_where_there_are_no_candidates_nothing_is_doubted() -> None:
    assert trust({"one": Found(np.zeros((0, 2)), np.zeros(0))}) == 1


def test_only_so_many_labelled_micrographs_are_looked_at() -> None:
    names = [str(i) for i in range(LOOKED_AT + 3)]
    image = scene()
    examples = TrainingSet(dict.fromkeys(names, image), {}, {})
    labels = Places(dict.fromkeys(names, DISCS), {"0": EMPTY}, {})
    found = look(ParticleNet(seeded(Shape(), 0).eval()), examples, labels, 0, CPU)
    assert len(found) == LOOKED_AT


def test_confident_places_are_likely_particles_off_the_contamination() -> None:
    places = np.concatenate([DISCS, EDGES])
    found = {"one": Found(places, np.where(np.arange(len(places)) == 0, -1.0, 1.0))}
    chosen = confident(found, TrainingSet({"one": scene()}, {}, {}), Places({}, {}, {"one": EDGES}), 0)
    assert np.array_equal(np.sort(chosen["one"], 0), np.sort(DISCS[1:], 0))
