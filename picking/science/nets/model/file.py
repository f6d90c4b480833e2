"""The file of networks: safetensors, whose metadata say the version and the shape of each network."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from picking.science.nets.model.shallow import ShallowNet, Shape

FORMAT = "cryoweb-networks"
VERSION = "2"
OLDER = "1"
"""The version whose networks had their last layer among the others, and no simulated network beside them."""


class UnreadableNetworks(ValueError):
    """The file is damaged, not ours, or of a version that this program does not know."""


def save_nets(path: Path, nets: Mapping[str, ShallowNet], about: Mapping[str, str] | None = None) -> None:
    """Write networks by name, and `about` them."""
    tensors = {
        f"{name}.{key}": tensor.detach().cpu().contiguous()
        for name, net in nets.items()
        for key, tensor in net.state_dict().items()
    }
    shapes = {name: json.dumps(asdict(net.shape)) for name, net in nets.items()}
    save_file(tensors, path, {"format": FORMAT, "version": VERSION, **shapes, **(about or {})})


def load_nets(path: Path) -> tuple[dict[str, ShallowNet], dict[str, str]]:
    """Read what save_nets() wrote: networks by name, and all metadata. Raises OSError or UnreadableNetworks."""
    try:
        with safe_open(path, "pt") as file:
            metadata = file.metadata() or {}
            tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118 - not a mapping
        if metadata.get("format") != FORMAT or metadata.get("version") not in (VERSION, OLDER):
            raise UnreadableNetworks(f"{path.name} does not contain networks of version {VERSION}.")
        names = sorted({key.split(".", 1)[0] for key in tensors})
        older = metadata["version"] == OLDER
        return {name: _net(name, json.loads(metadata[name]), tensors, older) for name in names}, metadata
    except (SafetensorError, KeyError, TypeError, ValueError, RuntimeError) as error:
        if isinstance(error, UnreadableNetworks):
            raise
        raise UnreadableNetworks(f"{path.name} is damaged or does not contain networks: {error}") from error


def _net(name: str, shape: dict[str, Any], tensors: Mapping[str, torch.Tensor], older: bool) -> ShallowNet:
    numbers: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in shape.items()}
    net = ShallowNet(Shape(**numbers))
    state = {key.split(".", 1)[1]: tensor for key, tensor in tensors.items() if key.startswith(f"{name}.")}
    if older:
        last = f"layers.{len(net.layers)}."
        state = {key.replace(last, "last."): tensor for key, tensor in state.items()}
    net.load_state_dict(state)
    return net.eval()
