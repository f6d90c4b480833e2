"""The two networks of a training, and their file."""

from dataclasses import dataclass
from pathlib import Path

import torch

from picking.science.nets.file import UnreadableNetworks, load_nets, save_nets
from picking.science.nets.particle import ParticleNet
from picking.science.nets.shallow import ShallowNet

__all__ = ["Networks", "UnreadableNetworks", "load_networks"]


@dataclass(frozen=True)
class Networks:
    """particle: particles from background; contamination: contamination from particles, where it was labelled."""

    particle: ParticleNet
    contamination: ShallowNet | None

    def save(self, path: Path) -> None:
        """Write a safetensors file that holds all that picking needs, the simulated network included."""
        nets = {
            "particle": self.particle.learnt,
            "simulated": self.particle.simulated,
            "contamination": self.contamination,
        }
        there = {name: net for name, net in nets.items() if net is not None}
        save_nets(path, there, {"simulated_weight": repr(self.particle.weight)})


def load_networks(path: Path, device: torch.device | None = None) -> Networks:
    """Read what Networks.save() wrote. Raises OSError or UnreadableNetworks."""
    nets, about = load_nets(path)
    if "particle" not in nets:
        raise UnreadableNetworks(f"{path.name} holds no particle network.")
    if device is not None:
        for net in nets.values():
            net.to(device)
    particle = ParticleNet(nets["particle"], nets.get("simulated"), float(about.get("simulated_weight", 0)))
    return Networks(particle, nets.get("contamination"))
