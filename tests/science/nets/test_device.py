import pytest
import torch

from picking.science.nets.device import best_device, device_name


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
