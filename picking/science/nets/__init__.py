"""The two shallow networks: train them on a few labels, pick micrographs with them."""

from picking.science.nets.device import best_device, device_name
from picking.science.nets.fitting import DeviceMemory
from picking.science.nets.model.networks import Networks, UnreadableNetworks, load_networks
from picking.science.nets.picking.overlap import at_once, overlapped
from picking.science.nets.picking.pick import pick, pick_with_maps
from picking.science.nets.picking.score_map import score_png
from picking.science.nets.settings import Recipe, Settings, settings_from
from picking.science.nets.shipped import shipped_networks
from picking.science.nets.training.labels import (
    DegenerateLabels,
    TooFewLabels,
    TrainingSet,
    UnfitLabels,
    weighed,
)
from picking.science.nets.training.train import Progress, Report, train
from picking.science.nets.training.validate import HeldOut, Validation, split, validate

__all__ = [
    "DegenerateLabels",
    "DeviceMemory",
    "HeldOut",
    "Networks",
    "Progress",
    "Recipe",
    "Report",
    "Settings",
    "TooFewLabels",
    "TrainingSet",
    "UnfitLabels",
    "UnreadableNetworks",
    "Validation",
    "at_once",
    "best_device",
    "device_name",
    "load_networks",
    "overlapped",
    "pick",
    "pick_with_maps",
    "score_png",
    "settings_from",
    "shipped_networks",
    "split",
    "train",
    "validate",
    "weighed",
]
