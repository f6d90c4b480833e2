"""Where a coordinate comes from: its origin, the networks that picked it, and the thresholds that held there."""

from dataclasses import dataclass, field, replace

import numpy as np

from picking.science.formats.coordinates import Coordinates
from picking.science.picks import Points, as_points

COLUMNS = ("origin", "training", "particle_threshold", "contamination_threshold")
"""What `Whence.of` says of each coordinate."""
FIRST_GUESS = "first guess"
"""In place of a version: the networks that come with CryoWeb picked there, before any training."""


@dataclass(frozen=True)
class Whence:
    """What decided on one micrograph's final picks. `moved`: places of moves.

    `training`: version of the networks, or FIRST_GUESS.
    """

    particle_threshold: float
    contamination_threshold: float
    training: int | str | None
    moved: set[tuple[float, float]] = field(default_factory=set)

    def of(self, picks: Coordinates) -> list[tuple[str, int | None, float | None, float | None]]:
        """The COLUMNS of each. A training where its networks scored the place; thresholds where they decided.

        Picks of the first guess have the origin `guess`.
        """
        none = ("",) * len(picks)
        rows = zip(map(tuple, picks.xy.tolist()), picks.source or none, np.isnan(picks.particle_score), strict=True)
        said: list[tuple[str, int | None, float | None, float | None]] = []
        for place, source, unscored in rows:
            origin = origin_of(source, place in self.moved)
            training = None if unscored or origin == "import" else self.training
            decided, guessed = origin == "pick", self.training == FIRST_GUESS
            said.append(
                (
                    "guess" if decided and guessed else origin,
                    training if isinstance(training, int) else None,
                    self.particle_threshold if decided else None,
                    self.contamination_threshold if decided else None,
                )
            )
        return said

    def at(self, places: Points) -> "Whence":
        """The same where the places of moves are others."""
        return replace(self, moved=set(map(tuple, places.tolist())))

    @property
    def places(self) -> Points:
        """(n, 2): of moves."""
        return as_points(list(self.moved))


def origin_of(source: str, moved: bool) -> str:
    """label, pick, accepted, moved or import, by the source that exports name."""
    if source == "verdict":
        return "moved" if moved else "accepted"
    return {"network": "pick", "label": "label"}.get(source, "import")
