"""The two shallow networks: train them on a few labels, pick micrographs with them."""

from picking.science.nets.device import best_device, device_name
from picking.science.nets.labels import DegenerateLabels, TooFewLabels, TrainingSet, UnfitLabels
from picking.science.nets.networks import Networks, UnreadableNetworks, load_networks
from picking.science.nets.pick import pick
from picking.science.nets.settings import Recipe, Settings
from picking.science.nets.train import Progress, Report, train

__all__ = [
    "DegenerateLabels",
    "Networks",
    "Progress",
    "Recipe",
    "Report",
    "Settings",
    "TooFewLabels",
    "TrainingSet",
    "UnfitLabels",
    "UnreadableNetworks",
    "best_device",
    "device_name",
    "load_networks",
    "pick",
    "train",
]
