"""The numbers of a training. docs/method.md says what was tried and what each choice gave."""

from dataclasses import dataclass, field

from picking.science.nets.shallow import Shape


@dataclass(frozen=True)
class Recipe:
    """How one network is trained. Lengths in particle diameters.

    steps of `batch` positive and `batch` negative crops; AdamW with weight_decay, one cycle up to learning_rate.
    unmarked: the part of the negative crops that comes from unmarked places of the labelled micrographs.
    """

    shape: Shape = Shape()
    steps: int = 150
    batch: int = 24
    learning_rate: float = 6e-3
    weight_decay: float = 1e-2
    unmarked: float = 0.5


@dataclass(frozen=True)
class Settings:
    """Recipes of the two networks."""

    particle: Recipe = field(default_factory=Recipe)
    contamination: Recipe = field(default_factory=Recipe)
