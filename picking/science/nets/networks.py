"""The two networks of a training, and their file."""

import json
from dataclasses import dataclass
from pathlib import Path

import torch

from picking.science.nets.contamination import ContaminationNet
from picking.science.nets.file import UnreadableNetworks, load_nets, save_nets
from picking.science.nets.oddness import Oddness
from picking.science.nets.particle import ParticleNet

__all__ = ["Networks", "UnreadableNetworks", "load_networks"]


@dataclass(frozen=True)
class Networks:
    """particle: particles from background; contamination: contamination from particles, where it was labelled."""

    particle: ParticleNet
    contamination: ContaminationNet | None

    def save(self, path: Path) -> None:
        """Write a safetensors file that holds all that picking needs, the simulated network included."""
        nets = {
            "particle": self.particle.learnt,
            "simulated": self.particle.simulated,
            "contamination": self.contamination.learnt if self.contamination else None,
        }
        about = {"simulated_weight": repr(self.particle.weight)}
        if self.contamination and self.contamination.odd:
            odd = {name: numbers.tolist() for name, numbers in self.contamination.odd.state_dict().items()}
            about["odd"] = json.dumps(odd)
        save_nets(path, {name: net for name, net in nets.items() if net is not None}, about)


def load_networks(path: Path, device: torch.device | None = None) -> Networks:
    """Read what Networks.save() wrote. Raises OSError or UnreadableNetworks."""
    nets, about = load_nets(path)
    if "particle" not in nets:
        raise UnreadableNetworks(f"{path.name} holds no particle network.")
    particle = ParticleNet(nets["particle"], nets.get("simulated"), float(about.get("simulated_weight", 0)))
    learnt = nets.get("contamination")
    contamination = None if learnt is None else ContaminationNet(learnt, _oddness(path, about.get("odd")))
    return Networks(particle.to(device), None if contamination is None else contamination.to(device))


def _oddness(path: Path, written: str | None) -> Oddness | None:
    """None for networks of before there was any."""
    if written is None:
        return None
    odd = Oddness()
    try:
        odd.load_state_dict({name: torch.tensor(numbers) for name, numbers in json.loads(written).items()})
    except (ValueError, TypeError, RuntimeError, AttributeError) as error:
        raise UnreadableNetworks(f"{path.name} is damaged: {error}") from error
    return odd
