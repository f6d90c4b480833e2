"""The numbers of a training. docs/method.md says what was tried and what each choice gave."""

from dataclasses import dataclass, field, replace

from picking.science.nets.shallow import Shape


@dataclass(frozen=True)
class Recipe:
    """How one network is trained, with AdamW and one cycle up to `learning_rate`.

    Each of the `steps` shows `batch` positive and `batch` negative crops; `learnt` of the latter are not people's
    labels: unmarked places for the particle network, confident picks for the contamination network.
    spread: the positive target is a Gaussian with this sigma, in input pixels, within `near` diameters of the
    place; 0 makes it one all over. `negative_near`: the target of a negative is zero so many diameters around.
    contrast: grey values of the crops are multiplied by up to this much more or less than one. Little, for absolute
    contrast tells particles from other things.
    calibration: gain and offset that turn a logit into the logit of a probability.
    warm_steps, warm_rate: instead of `steps` and `learning_rate` when a training goes on from an earlier one.
    """

    shape: Shape = field(default_factory=lambda: Shape(power=True))
    steps: int = 300
    batch: int = 24
    learning_rate: float = 6e-3
    weight_decay: float = 1e-2
    learnt: float = 0.5
    spread: float = 2.0
    near: float = 0.5
    negative_near: float = 0.4
    contrast: float = 0.05
    calibration: tuple[float, float] = (1.6, 1.2)
    warm_steps: int = 60
    warm_rate: float = 1.5e-3

    @property
    def warm(self) -> "Recipe":
        """The same, for going on from an earlier training."""
        return replace(self, steps=self.warm_steps, learning_rate=self.warm_rate)


@dataclass(frozen=True)
class Settings:
    """Recipes of the two networks."""

    particle: Recipe = field(default_factory=Recipe)
    contamination: Recipe = field(
        default_factory=lambda: Recipe(
            steps=200, warm_steps=40, learnt=0.5, spread=0.0, near=0.3, negative_near=0.3, calibration=(1.0, -3.0)
        )
    )
