"""Every number of the averages that was tuned, in one place (docs/method.md says what was tried)."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class CropSettings:
    """Lengths in particle diameters unless a line says otherwise.

    size: pixels along a side of a crop; box: what it shows.
    mask: diameter of what is compared, which a cosine edge of `edge` follows outwards. window, window_edge: the same
    for the resolution; a steep edge would agree with itself at high frequencies.
    """

    size: int = 64
    box: float = 1.5
    mask: float = 1.3
    edge: float = 0.1
    window: float = 0.75
    window_edge: float = 0.35


@dataclass(frozen=True)
class FeatureSettings:
    """How crops become numbers that a rotation only turns.

    rings, angles: of the polar grid in Fourier space; rings are 1 / size cycles per pixel apart, angles are in half a
    circle. highest: the highest angular frequency. sample: crops that the components are found from, at most.
    above_noise: a component is kept if its variance is so many times that which noise alone would reach.
    components: the most that are kept. heavy: a crop of more than so many times the usual energy counts as if it had so
    much: ice crystals are not particles.
    """

    rings: int = 26
    angles: int = 72
    highest: int = 36
    sample: int = 1500
    above_noise: float = 1.15
    components: int = 250
    heavy: float = 3.0


@dataclass(frozen=True)
class ClassifySettings:
    """How crops are sorted.

    picks_a_class: classes are the picks over this, within `fewest` and `most`.
    least_picks: fewer are refused. least_members: a class with fewer begins anew from one crop.
    rounds: of `part` of the crops each, but of `least_part` crops at least; full_rounds: of all of them, at the end.
    memory: the part of the sums of earlier rounds that counts on, in the rounds of a part.
    heat: what the logarithm of each probability is divided by in the first round; 1 from the first round of all.
    turns: angles in the plane that are tried.
    steps: pixels of a step of the search for shifts in the rounds to come; shift_sigma: how far off picks are.
    least_in_half: members of each half that a resolution needs. batch: crops at once.
    """

    picks_a_class: int = 50
    fewest: int = 4
    most: int = 50
    least_picks: int = 20
    least_members: int = 3
    rounds: int = 20
    part: float = 0.25
    least_part: int = 500
    full_rounds: int = 5
    memory: float = 0.5
    heat: float = 0.5
    turns: int = 96
    first_step: int = 4
    coarse_step: float = 1.5
    fine_step: float = 0.5
    shift_sigma: float = 2.5
    least_in_half: int = 5
    batch: int = 250


@dataclass(frozen=True)
class AverageSettings:
    crops: CropSettings = field(default_factory=CropSettings)
    features: FeatureSettings = field(default_factory=FeatureSettings)
    classify: ClassifySettings = field(default_factory=ClassifySettings)
