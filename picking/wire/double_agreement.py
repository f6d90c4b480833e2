"""How the labels of two people agree who did not see one another's, and where they differ."""

from typing import Annotated, TypedDict

from picking.models import Label
from picking.science.compare.people import What
from picking.wire.comparison import MatchedWire


class PairAgreementWire(MatchedWire):
    """Two people, by their ids, over the micrographs that both have finished; as it was when these were revealed.

    What is matched are particles. `surplus`: how many more the second has on a micrograph, the median.
    `kinds_matched`: places that both labelled, whatever as; `kinds_agreed`: those as the same; `kinds_by_chance`: the
    share that would agree by chance; `kappa`: Cohen's, null where all are of one kind. `offset`: mean of second minus
    first over the matched particles in Å, `offset_px` in pixels, `offset_spread` its standard deviation in Å.
    """

    people: tuple[int, int]
    surplus: float
    kinds_matched: int
    kinds_agreed: int
    kinds_by_chance: float
    kappa: float | None
    offset: tuple[float, float]
    offset_px: tuple[float, float]
    offset_spread: tuple[float, float]


class DifferingMicrographWire(TypedDict):
    """`people`: the two whose labels differ. `differences`: in all; `open`: those that nobody has settled."""

    id: int
    people: tuple[int, int]
    differences: int
    open: int


class DoubleAgreementWire(TypedDict):
    """`micrographs`: those that two labelled blind and finished, and that were revealed.

    `unfinished`: how many were revealed before two had finished: these are in no figure.
    """

    pairs: list[PairAgreementWire]
    micrographs: list[DifferingMicrographWire]
    unfinished: int


class DifferingLabelWire(TypedDict):
    """A label as it was when the micrograph was revealed. `x`, `y`: in full-resolution pixels."""

    id: str
    author: int
    kind: Annotated[str, Label.Kind]
    x: float
    y: float


class LabelDifferenceWire(TypedDict):
    """`what`: `only_first`, `only_second`, `kind` or `apart`. `first`, `second`: the labels; null where there is none.

    `settled`: one of the labels is gone or agrees now, or somebody accepted what is left.
    """

    what: What
    first: DifferingLabelWire | None
    second: DifferingLabelWire | None
    settled: bool


class LabelDifferencesWire(TypedDict):
    """Of one micrograph; empty where it was not labelled blind by two who finished."""

    people: list[int]
    differences: list[LabelDifferenceWire]
