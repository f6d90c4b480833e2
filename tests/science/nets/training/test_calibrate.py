import numpy as np
import pytest
from scipy.special import logit

from picking.science.nets.model.particle import ParticleNet
from picking.science.nets.model.shallow import Shape, seeded
from picking.science.nets.settings import CalibrationSettings, Settings
from picking.science.nets.training import calibrate as calibrate_module
from picking.science.nets.training.calibrate import at_labels, calibrate, doubt, shift, sparse_shift
from picking.science.nets.training.labels import Places, TrainingSet
from picking.science.nets.training.mixture import Expected
from picking.science.nets.training.survey import Survey
from tests.science.nets.scenes import DISCS, scene

SETTINGS = CalibrationSettings()
UNSEEN = -4.0
SURE_LABELS = np.full(20, 3.0)


def candidates(share: float, number: int = 4000) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Logits, right where 0.57 of the candidates are particles, of candidates of which only a share are."""
    random = np.random.default_rng(0)
    particle = random.random(number) < share
    return np.where(particle, random.normal(2, 2, number), random.normal(-2, 2, number)) + float(logit(0.57))


@pytest.mark.parametrize("share", [0.2, 0.3])
def test_logits_are_lowered_by_what_the_share_of_particles_is_far_below_the_usual(share: float) -> None:
    lower = logit(0.57) - logit(share) - SETTINGS.within_error
    assert sparse_shift(candidates(share), SETTINGS) == pytest.approx(-lower, abs=0.15)


def test_a_share_a_little_below_the_usual_changes_nothing() -> None:
    assert sparse_shift(candidates(0.4), SETTINGS) == 0


def test_many_particles_change_nothing_and_very_few_no_more_than_the_most() -> None:
    assert sparse_shift(candidates(0.8), SETTINGS) == 0
    assert sparse_shift(candidates(0.02), SETTINGS) == -SETTINGS.most_lowered
    assert sparse_shift(np.array([]), SETTINGS) == 0


def test_few_candidates_lower_nothing_where_the_labelled_particles_are_weak_too() -> None:
    weak = np.full(20, SETTINGS.shown)
    assert shift(candidates(0.1), SURE_LABELS, SETTINGS) == -SETTINGS.most_lowered
    assert shift(candidates(0.1), weak, SETTINGS) == 0


def test_weak_labelled_particles_raise_the_logits_but_not_without_end() -> None:
    assert shift(candidates(0.57), np.full(20, SETTINGS.shown - 0.5), SETTINGS) == pytest.approx(0.5)
    assert shift(candidates(0.57), np.full(20, -5.0), SETTINGS) == SETTINGS.most_raised


def test_a_few_labels_on_nothing_change_nothing() -> None:
    assert shift(candidates(0.57), np.append(np.full(17, 2.0), [UNSEEN] * 3), SETTINGS) == 0


def test_a_labelled_particle_has_the_highest_logit_near_it_or_is_unseen() -> None:
    image = scene()
    examples = TrainingSet({"one": image}, {}, {})
    beside = DISCS[0] + (0.3 * image.diameter, 0)
    found = {"one": Survey(np.array([DISCS[0], beside, DISCS[1] + image.diameter]), np.array([0.5, 2.0, 3.0]))}
    assert at_labels(found, examples, {"one": DISCS[:2]}, UNSEEN).tolist() == [2.0, UNSEEN]


def test_the_calibration_of_the_network_moves_with_what_it_found() -> None:
    particle = ParticleNet(seeded(Shape(), 0).eval())
    examples, labels = TrainingSet({"one": scene()}, {}, {}), Places({"one": DISCS[:1]}, {}, {})
    found = {"one": Survey(DISCS[:3], np.array([SETTINGS.shown - 0.25, -1, -1]))}
    moved = calibrate(particle, found, examples, labels, Settings())
    assert particle.calibration.tolist() == pytest.approx([1, 0.25])
    assert moved["one"].logits.tolist() == pytest.approx([SETTINGS.shown, -0.75, -0.75])


def test_the_calibration_moves_part_of_the_way_to_the_threshold_that_is_told_without_labels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(calibrate_module, "expected", lambda *_: Expected(threshold=-3.0, f1=1.0, share=0.5))
    examples, labels = TrainingSet({"one": scene()}, {}, {}), Places({"one": DISCS[:1]}, {}, {})
    found = {"one": Survey(DISCS[:1], np.array([SETTINGS.shown - 0.25]))}
    for part, offset in ((0.0, 0.25), (0.25, 0.25 + 0.25 * 2.75), (1.0, 3.0)):
        particle = ParticleNet(seeded(Shape(), 0).eval())
        calibrate(particle, found, examples, labels, Settings(), part)
        assert particle.calibration.tolist() == pytest.approx([1, offset])


def test_judged_picks_leave_the_threshold_to_what_is_told_without_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrate_module, "expected", lambda *_: Expected(threshold=-3.0, f1=1.0, share=0.5))
    examples = TrainingSet({"one": scene()}, {}, {})
    labels = Places({"one": DISCS[:1]}, {}, {}, judged={"one": np.array([True])})
    particle = ParticleNet(seeded(Shape(), 0).eval())
    calibrate(particle, {"one": Survey(DISCS[:1], np.array([3.0]))}, examples, labels, Settings())
    assert particle.calibration.tolist() == pytest.approx([1, 3.0])


@pytest.mark.parametrize(("labels", "lower"), [(5, 2), (10, 1), (20, 0), (100, 0)])
def test_a_contamination_network_of_few_labels_is_doubted(labels: int, lower: float) -> None:
    net = seeded(Shape(), 0)
    doubt(net, labels, SETTINGS)
    assert net.calibration.tolist() == pytest.approx([1, -lower])
