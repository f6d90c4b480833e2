import pytest
import torch

from picking.science.nets.device import _IN_USE, best_device, device_name, in_turn


def test_the_graphics_card_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert best_device().type == "cuda"


def test_the_number_of_threads_on_the_processor_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setenv("CRYOWEB_TORCH_THREADS", "1")
    before = torch.get_num_threads()
    try:
        assert device_name(best_device()) == "cpu"
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(before)


def test_the_threads_are_no_more_than_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    monkeypatch.setenv("CRYOWEB_TORCH_THREADS", "64")
    asked: list[int] = []
    monkeypatch.setattr(torch, "set_num_threads", asked.append)
    best_device()
    assert asked == [3]


def test_a_graphics_card_gives_the_same_networks_for_the_same_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.backends.cudnn, "deterministic", False)
    best_device()
    assert torch.backends.cudnn.deterministic


@pytest.mark.parametrize(("device", "waits"), [("cpu", False), ("mps", True), ("cuda", True)])
def test_threads_wait_for_each_other_on_a_graphics_card_alone(device: str, waits: bool) -> None:
    with in_turn(torch.device(device)):
        assert _IN_USE.locked() == waits
