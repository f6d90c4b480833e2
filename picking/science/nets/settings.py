"""Every number that was tuned, in one place: what makes a training, and what its networks pick with.

They are passed in, saved whole with each training and with its networks. docs/method.md says what was tried.
Lengths are in input pixels (a particle is `input.working_diameter` of them wide) unless a line says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from picking.science.imaging.network_input import InputSettings
from picking.science.nets.model.shallow import Shape

T = TypeVar("T")


@dataclass(frozen=True)
class LabelSettings:
    """How labels become places.

    same_place: two labels closer than this fraction of a diameter mark the same place.
    region_places: the most contamination labels that a region stands for.
    judged: how many labels a pick that somebody judged is worth, in how much the project's own network counts. Accepted
    picks are the surest of networks that knew them already.
    """

    same_place: float = 0.2
    region_places: int = 40
    judged: float = 0.25


@dataclass(frozen=True)
class RecentringSettings:
    """When and how far particle labels off the centre are moved to it.

    reach: the centre is searched for this many cells around the label along each axis, three eighths of a diameter.
    pull: how much each squared input pixel away from the label lowers the logit.
    trusted: the least fraction of its weight that the simulated network must earn on these labels.
    hasty: labels are moved if they are off, on average, by more than this fraction of the spread of where the network
    sees the centre. Exact labels are off by 0.17 to 0.51 of it, hasty ones by 0.56 and more. This is based on one real
    data set and a dozen simulated ones.
    """

    reach: int = 3
    pull: float = 0.02
    trusted: float = 0.4
    hasty: float = 0.58


@dataclass(frozen=True)
class Recipe:
    """How one network is trained, with AdamW and one cycle up to `learning_rate`.

    steps, batch: each step shows `batch` positive and `batch` negative crops.
    warm_up: the fraction of the steps in which the rate rises.
    unlabelled: the fraction of the negative crops that are not people's labels: unmarked places for the particle
    network, confident picks for the contamination network; unlabelled_places: how many of these are collected in all.
    cells: the side of the map that one crop gives, one particle diameter.
    spread: the positive target is a Gaussian with this sigma within `near` diameters of the place; 0 makes it one all
    over. negative_near: the target of a negative is zero within this many diameters.
    scale, shift, noise: crops are up to this much larger or smaller, shifted by up to this much along each axis, and
    get this much noise (standard deviation; that of the input is 1).
    contrast: grey values of crops are multiplied by up to this much more or less than one. It is small, as absolute
    contrast tells particles from other things.
    calibration: gain and offset that turn a logit into the logit of a probability.
    warm_steps, warm_rate: instead of `steps` and `learning_rate` when a training continues from an earlier one.
    """

    shape: Shape = field(default_factory=lambda: Shape(power=True))
    steps: int = 300
    batch: int = 24
    learning_rate: float = 6e-3
    weight_decay: float = 1e-2
    warm_up: float = 0.25
    unlabelled: float = 0.5
    unlabelled_places: int = 400
    cells: int = 8
    spread: float = 2.0
    near: float = 0.5
    negative_near: float = 0.4
    scale: float = 0.1
    shift: float = 2.0
    noise: float = 0.15
    contrast: float = 0.05
    calibration: tuple[float, float] = (1.6, 1.2)
    warm_steps: int = 60
    warm_rate: float = 1.5e-3

    @property
    def crop(self) -> int:
        """Input pixels along a crop that the network turns into `cells` cells."""
        return self.shape.side(self.cells)

    @property
    def warm(self) -> "Recipe":
        """The same, for continuing from an earlier training."""
        return replace(self, steps=self.warm_steps, learning_rate=self.warm_rate)


def _contamination() -> Recipe:
    return Recipe(
        steps=200,
        warm_steps=40,
        spread=0.0,
        calibration=(1.0, -3.0),  # only what is surely contamination counts
    )


@dataclass(frozen=True)
class OutlierSettings:
    """How unlike the project's particles a place must look to be contamination.

    receptive_field: input pixels seen around a place, five diameters.
    spike, body, grain, surroundings: sigmas of the Gaussians that the three looks are taken with. The looks were
    chosen from forty in the label pool of one real data set.
    even: a place this unlike is about as likely contamination as not. One look alone counts no more, too little to hide
    a pick where the labels say nothing against it: a particle beside a carbon edge has odd surroundings.
    few: the spread of n labels is taken to be so many n-ths larger: the fewer, the less do they show of it.
    widest: it is not taken to be more than so many times that of all that was found: a few labels may differ by chance.
    stronger: how steeply the weight of the spike rises with how much stronger it is in what was found than in what was
    labelled, by spreads; half where they are equal. A switch instead costs 0.021 of average precision with 10 labels.
    enough: so many labels tell how far a spike counts; fewer tell a part of that, and it counts in full else.
    least_spread: no look is taken to vary less than this: a few particles may be alike by chance.
    grain_floor: added to the power of the grain before its logarithm, for empty places; the input's noise is 1.
    others: so many micrographs without particle labels also tell what particles look like.
    """

    receptive_field: int = 80
    spike: float = 1.0
    body: float = 2.0
    grain: float = 6.0
    surroundings: float = 16.0
    even: float = 2.0
    few: float = 5.0
    widest: float = 2.0
    stronger: float = 2.0
    enough: float = 20.0
    least_spread: float = 0.01
    grain_floor: float = 0.01
    others: int = 3


@dataclass(frozen=True)
class ShippedSettings:
    """How much the networks that come with CryoWeb count.

    worth: with so many labels of each kind, what is told without labels counts nothing any more if the simulated
    network separates the labels perfectly; with fewer if it does so less well. least: the simulated network's weight
    then, however many labels there are. wide: without labels, the weight of the network that was trained on more kinds
    of micrographs.
    """

    worth: float = 40.0
    least: float = 0.3
    wide: float = 0.5

    def weight(self, labels: float, trust: float) -> float:
        """Of the simulated network beside the project's own, from 1 without labels. trust: in it, 0 to 1."""
        return max(self.without_labels(labels, trust), self.least * trust)

    def without_labels(self, labels: float, trust: float) -> float:
        """The part of what is told without labels, from 1 without any to 0."""
        if not labels:
            return 1.0
        return max(0.0, 1 - labels / (self.worth * trust)) if self.worth * trust else 0.0


@dataclass(frozen=True)
class CalibrationSettings:
    """What 0.5 means in a project.

    micrographs: so many labelled micrographs are looked at, so that a training takes no longer where many are.
    usual_share: the share of particles among the candidates that the recipe's calibration was made with, on one real
    data set.
    within_error: a share whose logit is lower than usual by less is taken for usual: networks of few labels are less
    sure. most_lowered: the most that logits are lowered by: the estimate leans on the calibration and goes too far
    with few candidates.
    weak, shown: all but this part of the labelled particles are to have that logit, a score of 0.73: those that nobody
    labelled, and no network learnt from, have less. Logits are lowered only as far as half of the labelled particles
    keep it: where particles are few but clear, not where they are weak. most_raised: the most that logits are raised
    by: labels may be wrong.
    contamination_labels: the contamination network's calibration was made with so many; a network of fewer is less
    sure, and its logits are lowered by 1 for each time that their number is halved.
    """

    micrographs: int = 8
    usual_share: float = 0.57
    within_error: float = 1.0
    most_lowered: float = 1.0
    weak: float = 0.25
    shown: float = 1.0
    most_raised: float = 1.5
    contamination_labels: float = 20.0


@dataclass(frozen=True)
class MixtureSettings:
    """What is known of the logits of particles and of noise before any label (mixture.py), in standard scores of the
    logits in the negative image. The numbers were chosen on simulated sets and the label pool of one real data set.

    counted: the logits count as so many at most, as the mixture is no more than like them.
    smooth: sigma that the histogram of the negative is blurred with; floor: added to every bin of a distribution.
    moved: noise is moved down by this times the share of particles, usually; moved_less, moved_more: and how exactly.
    top: where the logits of particles are the most frequent, and how exactly that is known. below, above: their widths
    on both sides, and how exactly these are known, as logarithms.
    least_sigma: the negative's logits are not taken to vary less than this.
    """

    counted: float = 300.0
    smooth: float = 0.23
    floor: float = 1e-4
    moved: float = 1.7
    moved_less: float = 0.26
    moved_more: float = 0.54
    top: tuple[float, float] = (2.9, 1.4)
    below: tuple[float, float] = (0.77, 0.46)
    above: tuple[float, float] = (0.4, 0.5)
    least_sigma: float = 0.1


@dataclass(frozen=True)
class PickingSettings:
    """From score maps to picks.

    distance: picks are at least this many diameters from each other, as in EMAN2's picker (Chen et al. 2019).
    floor: the least particle score of a pick. Low, as thresholds only affect what is shown.
    margin: a particle whose centre is so many diameters inside the micrograph, and inside its smeared borders, is
    whole. Networks are calibrated and measured with such candidates alone.
    """

    distance: float = 0.5
    floor: float = 0.02
    margin: float = 0.5


@dataclass(frozen=True)
class Settings:
    """All of it."""

    input: InputSettings = field(default_factory=InputSettings)
    labels: LabelSettings = field(default_factory=LabelSettings)
    recentring: RecentringSettings = field(default_factory=RecentringSettings)
    particle: Recipe = field(default_factory=Recipe)
    shipped: ShippedSettings = field(default_factory=ShippedSettings)
    contamination: Recipe = field(default_factory=_contamination)
    outlier: OutlierSettings = field(default_factory=OutlierSettings)
    calibration: CalibrationSettings = field(default_factory=CalibrationSettings)
    mixture: MixtureSettings = field(default_factory=MixtureSettings)
    picking: PickingSettings = field(default_factory=PickingSettings)


def settings_from(saved: Mapping[str, Any]) -> Settings:
    """What dataclasses.asdict() made of settings, perhaps by way of JSON.

    Missing numbers, as in files of older versions, have today's value; unknown ones are ignored.
    """
    return _changed(Settings(), saved)


def _changed(settings: T, saved: Mapping[str, Any]) -> T:
    assert is_dataclass(settings) and not isinstance(settings, type)
    there = {each.name: getattr(settings, each.name) for each in fields(settings)}
    changes = {name: _read(there[name], value) for name, value in saved.items() if name in there}
    return replace(settings, **changes)


def _read(today: Any, saved: Any) -> Any:
    if is_dataclass(today):
        return _changed(today, saved)
    return tuple(saved) if isinstance(today, tuple) else saved
