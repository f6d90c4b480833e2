import pytest
import torch
from torch import Tensor

from picking.science.nets.model.contamination import ContaminationNet
from picking.science.nets.model.outlier import LOG_GAUSSIAN, Outlier
from picking.science.nets.model.shallow import Shape, seeded
from picking.science.nets.settings import OutlierSettings

SETTINGS = OutlierSettings()
FIELD = SETTINGS.receptive_field


def patches(number: int, depth: float = -3.0, sigma: float = 3.0, around: float = 0.0, noise: float = 1.0) -> Tensor:
    """Blobs in the middle of noise, (number, FIELD, FIELD); `around` is added to the whole patch."""
    random = torch.Generator().manual_seed(number)
    place = torch.arange(FIELD) - (FIELD - 1) / 2
    blob = torch.exp(-0.5 * (place[:, None] ** 2 + place**2) / sigma**2)
    return depth * blob + around + noise * torch.randn(number, FIELD, FIELD, generator=random)


def measured(sign: float = 1.0, found: float = -3.3, trust: float = 1.0) -> Outlier:
    """`found`: depth of the blobs found besides those labelled."""
    odd = Outlier(SETTINGS)
    odd.measure(sign * patches(60), sign * patches(80, depth=found), trust=trust)
    return odd


def test_the_particles_it_was_measured_on_are_seldom_odd() -> None:
    assert (measured()(patches(60)) < 1.9).float().mean() > 0.85


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize(
    "strange",
    [patches(20, depth=-12, sigma=1.5), patches(20, around=-1), patches(20, noise=0.5)],
    ids=["a narrow strong spike", "dark surroundings", "no grain"],
)
def test_dark_or_bright_alike_each_strange_look_is_odd(strange: Tensor, sign: float) -> None:
    assert measured(sign)(sign * strange).min() > 1.9


def test_a_weaker_spike_lighter_surroundings_or_more_grain_are_not_odd() -> None:
    faint = patches(20, depth=0, around=0.5, noise=1.5)
    assert measured()(faint).max() < 1


def test_a_spike_counts_only_where_what_was_found_has_a_stronger_one_than_what_people_labelled() -> None:
    spikes = patches(20, depth=-12, sigma=1.5)
    assert measured(found=-2)(spikes).median() < 0.5
    assert measured(found=-4)(spikes).min() > 1.9


def test_the_fewer_labels_there_are_the_less_do_they_tell_that_a_spike_does_not_count() -> None:
    weights = []
    for number in (5, 10, 20, 60):
        odd = Outlier(SETTINGS)
        odd.measure(patches(number), patches(80, depth=-2))
        weights.append(float(odd.weight[0]) / LOG_GAUSSIAN)
    assert weights == pytest.approx([0.75, 0.5, 0, 0])


def test_labels_that_differ_by_chance_do_not_say_that_particles_vary_much_more_than_what_was_found() -> None:
    odd = Outlier(SETTINGS)
    odd.measure(torch.cat([patches(4), patches(1, around=-1)]), patches(80))
    assert odd(patches(20, around=-1)).min() > 1.9


def test_the_less_what_was_found_is_to_be_trusted_the_odder_must_a_spike_or_the_grain_be_but_not_surroundings() -> None:
    spikes, smooth, dark = patches(20, depth=-4, sigma=1.5), patches(20, noise=0.85), patches(20, around=-0.3)
    trusted, doubted = measured(), measured(trust=0.2)
    for strange in (spikes, smooth):
        assert trusted(strange).mean() > 1
        assert doubted(strange).mean() < 0.3 * trusted(strange).mean()
    assert doubted(dark).min() > 1.9


def test_labels_alone_say_what_is_usual_where_nothing_else_was_found() -> None:
    odd = Outlier(SETTINGS)
    odd.measure(patches(20), patches(1)[:0])
    assert (odd(patches(60)) < 1.9).float().mean() > 0.85
    assert odd(patches(20, around=-1)).min() > 1.9


def test_what_many_of_those_found_have_is_usual_although_no_labelled_one_has_it() -> None:
    odd = Outlier(SETTINGS)
    odd.measure(patches(60), patches(80, around=-1))
    assert odd(patches(20, around=-1)).mean() < 1


def test_what_was_found_shows_how_much_particles_vary() -> None:
    odd = Outlier(SETTINGS)
    odd.measure(patches(60), torch.cat([patches(30, around=level) for level in (-0.3, 0.0, 0.3)]))
    assert odd(patches(20, around=-0.25)).mean() < 1


def test_a_few_beside_an_edge_show_how_much_particles_vary() -> None:
    odd = Outlier(SETTINGS)
    odd.measure(patches(60), torch.cat([patches(90), patches(10, around=-0.5)]))
    near = patches(20, around=-0.2)
    assert odd(near).mean() < 0.7 * measured()(near).mean()


def test_what_particles_have_on_other_micrographs_is_usual_although_none_is_labelled_there() -> None:
    odd = Outlier(SETTINGS)
    odd.measure(patches(60), patches(80), patches(160, around=-1))
    assert odd(patches(20, around=-1)).mean() < 1


def test_a_stronger_spike_on_other_micrographs_does_not_say_that_labelled_ones_are_weak() -> None:
    odd = Outlier(SETTINGS)
    odd.measure(patches(60), patches(80, depth=-2), patches(80, depth=-4))
    assert odd.weight[0] == 0


@pytest.mark.parametrize("found", [0, 9])
def test_particles_that_are_all_alike_are_not_odd_themselves(found: int) -> None:
    odd, one = Outlier(SETTINGS), patches(1)
    odd.measure(one.repeat(9, 1, 1), one.repeat(found, 1, 1))
    assert odd(one).item() < 0.01


def test_what_one_look_adds_has_a_bound() -> None:
    odd = measured()
    added = odd(patches(20, around=-9)) - odd(patches(20))
    assert added.max() <= SETTINGS.even + 1e-3


def test_the_map_of_an_image_is_that_of_its_patches() -> None:
    odd = measured()
    image = patches(1)[0].repeat(2, 2)
    there = odd(image[None, 2 * 7 :, 2 * 9 :][:, :FIELD, :FIELD])[0, 0, 0]
    assert torch.isclose(odd(image[None])[0, 7, 9], there)


def test_without_outliers_the_score_is_that_of_the_labels_and_their_calibration() -> None:
    own = seeded(Shape(), 0).eval()
    own.calibration.copy_(torch.tensor([2.0, -4.0]))
    net, pixels = ContaminationNet(own), patches(3)[:, :40, :40]
    assert torch.allclose(net.score(net(pixels)), own.score(own(pixels)))


def test_what_is_no_outlier_has_the_score_that_the_labels_give() -> None:
    own, odd, pixels = seeded(Shape(), 0).eval(), Outlier(SETTINGS), patches(3)
    odd.weight.zero_()
    net, cut = ContaminationNet(own, odd), (FIELD - own.receptive_field) // 2
    assert torch.allclose(net.score(net(pixels)), own.score(own(pixels[:, cut:-cut, cut:-cut])), atol=1e-5)


def test_a_place_is_contamination_if_either_part_says_so() -> None:
    own, odd = seeded(Shape(), 0).eval(), measured()
    pixels = torch.cat([patches(3), patches(3, depth=-12, sigma=1.5, around=-1)])
    together = ContaminationNet(own, odd)
    alone = ContaminationNet(own)
    cut = (FIELD - alone.receptive_field) // 2
    by_labels = alone.score(alone(pixels[:, cut:-cut, cut:-cut]))
    both = together.score(together(pixels))
    assert (both >= by_labels - 1e-6).all()
    assert (both[3:] > 0.8).all()
