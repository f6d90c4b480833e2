import torch

from picking.science.nets.model.windows import STRIDE, inner, window_means


def test_a_mean_is_taken_around_the_middle_of_its_cell() -> None:
    ramp = torch.arange(40.0).expand(1, 1, 40, 40)
    means = window_means(ramp, sigma=2.0, window=12)
    assert torch.allclose(means[0, 0, 3], STRIDE * torch.arange(15) + 5.5)


def test_a_network_that_sees_less_is_given_the_middle() -> None:
    assert inner(torch.arange(10.0).expand(10, 10), cut_for=6, seen=2)[0].tolist() == [2, 3, 4, 5, 6, 7]
