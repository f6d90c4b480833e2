"""What people have marked, as the networks take it, and when it is not enough to learn from. Needs no torch."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from picking.science.imaging.network_input import NetworkInput
from picking.science.picks import Points

MINIMUM_LABELS = 5
"""Particles, and background labels, below which nothing sensible can be learnt."""


class UnfitLabels(ValueError):
    """The labels cannot be trained on; the message tells people what to do."""


class TooFewLabels(UnfitLabels):
    """There are fewer particles or background labels than MINIMUM_LABELS."""


class DegenerateLabels(UnfitLabels):
    """There are enough labels but they do not tell particles from background."""


@dataclass(frozen=True)
class TrainingSet:
    """Labels of each micrograph by its name: points (n, 2) and polygons (n, 2), x, y in micrograph pixels.

    Micrographs without labels may be left out of every mapping; `inputs` must hold the labelled ones.
    """

    inputs: Mapping[str, NetworkInput]
    particles: Mapping[str, Points]
    background: Mapping[str, Points]
    contamination: Mapping[str, Points] = field(default_factory=dict)
    regions: Mapping[str, list[Points]] = field(default_factory=dict)
