"""How good picks are."""

from typing import TypedDict


class FiguresWire(TypedDict):
    """What a validation found; `particles` and `others`: how many labels were held out."""

    average_precision: float
    best_f1: float
    particles: int
    others: int
    whole_micrographs: bool


class NoFiguresWire(TypedDict):
    """Why there are none, in words."""

    reason: str


class AgreementWire(TypedDict):
    """The final picks compared with known coordinates, over the micrographs that have them."""

    reference_particles: int
    picks: int
    matched: int
    precision: float
    recall: float
    f1: float
    micrographs: int
