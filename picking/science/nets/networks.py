"""The two networks of a training, and their file."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from picking.science.nets.shallow import ShallowNet, Shape

FORMAT = "cryoweb-networks"
VERSION = "1"


class UnreadableNetworks(ValueError):
    """The file is damaged, not ours, or of a version that this program does not know."""


@dataclass(frozen=True)
class Networks:
    """particle: particles from background; contamination: contamination from particles, where it was labelled."""

    particle: ShallowNet
    contamination: ShallowNet | None

    def save(self, path: Path) -> None:
        """Write a safetensors file; its metadata say the version and the shape of each network."""
        nets = {"particle": self.particle, "contamination": self.contamination}
        tensors = {
            f"{name}.{key}": tensor.detach().cpu().contiguous()
            for name, net in nets.items()
            if net is not None
            for key, tensor in net.state_dict().items()
        }
        shapes = {name: json.dumps(asdict(net.shape)) for name, net in nets.items() if net is not None}
        save_file(tensors, path, {"format": FORMAT, "version": VERSION, **shapes})


def load_networks(path: Path, device: torch.device | None = None) -> Networks:
    """Read what Networks.save() wrote. Raises OSError or UnreadableNetworks."""
    try:
        with safe_open(path, "pt") as file:
            metadata = file.metadata() or {}
            tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118 - not a mapping
        if (metadata.get("format"), metadata.get("version")) != (FORMAT, VERSION):
            raise UnreadableNetworks(f"{path.name} does not hold networks of version {VERSION}.")
        nets = {name: _net(name, metadata[name], tensors) for name in ("particle", "contamination") if name in metadata}
        particle = nets["particle"]
    except (SafetensorError, KeyError, TypeError, ValueError, RuntimeError) as error:
        if isinstance(error, UnreadableNetworks):
            raise
        raise UnreadableNetworks(f"{path.name} is damaged or does not hold networks: {error}") from error
    contamination = nets.get("contamination")
    if device is not None:
        particle.to(device)
        if contamination is not None:
            contamination.to(device)
    return Networks(particle, contamination)


def _net(name: str, shape: str, tensors: dict[str, torch.Tensor]) -> ShallowNet:
    numbers: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in json.loads(shape).items()
    }
    net = ShallowNet(Shape(**numbers))
    start = f"{name}."
    net.load_state_dict({key[len(start) :]: tensor for key, tensor in tensors.items() if key.startswith(start)})
    return net.eval()
