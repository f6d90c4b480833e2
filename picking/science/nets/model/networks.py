"""The two networks of a training, and their file."""

import copy
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch

from picking.science.nets.model.contamination import ContaminationNet
from picking.science.nets.model.file import UnreadableNetworks, load_nets, save_nets
from picking.science.nets.model.outlier import Outlier
from picking.science.nets.model.particle import ParticleNet
from picking.science.nets.model.shallow import ShallowNet
from picking.science.nets.settings import Settings, settings_from

__all__ = ["Networks", "UnreadableNetworks", "load_networks"]


@dataclass(frozen=True)
class Networks:
    """particle: particles from background; contamination: contamination from particles, where anything tells it.

    settings: what they were trained with, and pick with.
    """

    particle: ParticleNet
    contamination: ContaminationNet | None
    settings: Settings = field(default_factory=Settings)

    def on(self, device: torch.device) -> "Networks":
        """A copy of them on another device."""
        particle, contamination = copy.deepcopy(self.particle), copy.deepcopy(self.contamination)
        return Networks(particle.to(device), contamination and contamination.to(device), self.settings)

    def save(self, path: Path) -> None:
        """Write a safetensors file that holds all that picking needs, the simulated network included."""
        nets = {
            "particle": self.particle.own,
            "simulated": self.particle.simulated,
            "contamination": self.contamination.own if self.contamination else None,
        }
        about = {"simulated_weight": repr(self.particle.weight), "settings": json.dumps(asdict(self.settings))}
        if self.contamination and self.contamination.outlier:
            numbers = self.contamination.outlier.state_dict().items()
            about["odd"] = json.dumps({name: tensor.tolist() for name, tensor in numbers})
        save_nets(path, {name: net for name, net in nets.items() if net is not None}, about)


def load_networks(path: Path, device: torch.device | None = None) -> Networks:
    """Read what Networks.save() wrote. Raises OSError or UnreadableNetworks.

    Files from before settings were kept in them have today's.
    """
    nets, about = load_nets(path)
    if "particle" not in nets:
        raise UnreadableNetworks(f"{path.name} contains no particle network.")
    try:
        settings = settings_from(json.loads(about.get("settings", "{}")))
        particle = ParticleNet(nets["particle"], nets.get("simulated"), float(about.get("simulated_weight", 0)))
        contamination = _contamination(nets.get("contamination"), about.get("odd"), settings)
    except (ValueError, TypeError, RuntimeError, AttributeError) as error:
        raise UnreadableNetworks(f"{path.name} is damaged: {error}") from error
    return Networks(particle.to(device), contamination and contamination.to(device), settings)


def _contamination(own: ShallowNet | None, outlier: str | None, settings: Settings) -> ContaminationNet | None:
    """`outlier`: its numbers as JSON; None for networks from before there was any."""
    if outlier is None:
        return ContaminationNet(own) if own else None
    measured = Outlier(settings.outlier)
    measured.load_state_dict({name: torch.tensor(numbers) for name, numbers in json.loads(outlier).items()})
    return ContaminationNet(own, measured)
