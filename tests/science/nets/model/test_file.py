import json
from dataclasses import asdict
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from picking.science.nets.model.file import UnreadableNetworks, load_nets, save_nets
from picking.science.nets.model.shallow import Shape, seeded

SHAPE = Shape(kernels=(3,), dilations=(2,), channels=(4, 8))


def test_networks_and_what_is_said_about_them_come_back(tmp_path: Path) -> None:
    net = seeded(SHAPE, 1)
    save_nets(tmp_path / "one.safetensors", {"particle": net}, {"note": "words"})
    nets, about = load_nets(tmp_path / "one.safetensors")
    assert about["note"] == "words"
    assert nets["particle"].shape == SHAPE
    assert all(torch.equal(nets["particle"].state_dict()[key], value) for key, value in net.state_dict().items())


def test_a_file_of_the_first_version_is_read(tmp_path: Path) -> None:
    net = seeded(SHAPE, 1).eval()
    tensors = {f"particle.{key.replace('last.', 'layers.6.')}": value for key, value in net.state_dict().items()}
    shape = {key: value for key, value in asdict(SHAPE).items() if key != "power"}
    about = {"format": "cryoweb-networks", "version": "1", "particle": json.dumps(shape)}
    save_file(tensors, tmp_path / "old.safetensors", about)
    pixels = torch.randn(1, 40, 40)
    assert torch.equal(load_nets(tmp_path / "old.safetensors")[0]["particle"](pixels), net(pixels))


def test_a_pickle_is_never_opened(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return open, (str(tmp_path / "sprung"), "w")  # type: ignore[return-value]

    torch.save({"particle": Trap()}, tmp_path / "trap.safetensors")
    with pytest.raises(UnreadableNetworks):
        load_nets(tmp_path / "trap.safetensors")
    assert not (tmp_path / "sprung").exists()
