"""The recipe without one of its steps, or with a plain value for one of its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from picking.science.nets import Settings, settings_from


@dataclass(frozen=True)
class Variant:
    """changes: of Settings, as settings_from() reads them. start: added to the seed that the networks start from.

    alone: nothing is learnt from contamination labels, and there is no second network. looks: what each look of an
    outlier counts (spike, surroundings, grain) as a part of what it counts in the recipe.
    """

    name: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    start: int = 0
    alone: bool = False
    looks: tuple[float, float, float] = (1.0, 1.0, 1.0)

    @property
    def settings(self) -> Settings:
        return settings_from(self.changes)


def _particle(name: str, **changes: Any) -> Variant:
    return Variant(f"particle: {name}", {"particle": changes})


def _second(name: str, **changes: Any) -> Variant:
    return Variant(f"contamination: {name}", {"contamination": changes})


def _calibration(name: str, **changes: Any) -> Variant:
    return Variant(f"what 0.5 means: {name}", {"calibration": changes})


def _input(name: str, **changes: Any) -> Variant:
    return Variant(f"input: {name}", {"input": changes})


FULL = Variant("the whole recipe")
NOISE = tuple(Variant(f"noise: another start, {start}", start=100 * start) for start in (1, 2))
STEPS = (
    Variant("no second network", alone=True),
    Variant("outlier: none", looks=(0.0, 0.0, 0.0)),
    _second("no network", calibration=(0.0, -30.0)),
    Variant("no simulated network", {"shipped": {"worth": 0.0, "least": 0.0}}),
    Variant("no recentring", {"recentring": {"trusted": inf}}),
    _calibration("not moved", most_lowered=0.0, most_raised=0.0),
    _particle("no unmarked places", unlabelled=0.0),
    _second("no unmarked finds", unlabelled=0.0),
    _particle("no local power", shape={"power": False}),
    _second("no local power", shape={"power": False}),
    _particle("hard targets", spread=0.0),
    _particle("no noise added", noise=0.0),
    _particle("no changes of contrast", contrast=0.0),
    _particle("no changes of scale", scale=0.0),
    _particle("no shifts", shift=0.0),
    _input("no low pass", low_pass=inf),
    _input("no high pass", high_pass_diameters=1000.0),
    _input("no clamp", clamp=1000.0),
    _input("no clipping by percentiles", clipped_percentiles=(0.0, 100.0)),
    _input("no clipping by span", outlier_spans=1e9),
    _input("smeared borders not cut off", smeared=0.0),
    _input("borders of one value not cut off", blank_limit=0.0),
    Variant("picks up to the border", {"picking": {"margin": 0.0}}),
)
NUMBERS = (
    Variant("outlier: no spike", looks=(0.0, 1.0, 1.0)),
    Variant("outlier: no surroundings", looks=(1.0, 0.0, 1.0)),
    Variant("outlier: no grain", looks=(1.0, 1.0, 0.0)),
    Variant("outlier: even at 1", {"outlier": {"even": 1.0}}),
    Variant("outlier: few labels as good as many", {"outlier": {"few": 0.0}}),
    _calibration("not lowered", most_lowered=0.0),
    _calibration("not raised", most_raised=0.0),
    _calibration("usual share a half", usual_share=0.5),
    _calibration("finds trusted, not lowered", usual_share=1e-9),
    _calibration("lowered from the first", within_error=0.0),
    _calibration("lowered without bound", most_lowered=inf),
    _calibration("raised without bound", most_raised=inf),
    Variant(
        "what 0.5 means: logits as trained, usual share a half",
        {"particle": {"calibration": (1.0, 0.0)}, "calibration": {"usual_share": 0.5}},
    ),
    _second("logits lowered by 2", calibration=(1.0, -2.0)),
    Variant("labels always moved to the middle", {"recentring": {"hasty": 0.0}}),
    Variant("recentring: no pull", {"recentring": {"pull": 0.0}}),
    Variant("recentring: trusted by any", {"recentring": {"trusted": 0.0}}),
    Variant("simulated network: a half at least", {"shipped": {"least": 0.5}}),
    Variant("simulated network: worth 20 labels", {"shipped": {"worth": 20.0}}),
    Variant("simulated network: worth 80 labels", {"shipped": {"worth": 80.0}}),
    _particle("no weight decay", weight_decay=0.0),
    _particle("near alike", near=0.4),
    _particle("100 unmarked places", unlabelled_places=100),
    _second("targets of the particle network", spread=2.0),
    _second("its places nearer", near=0.3, negative_near=0.3),
    _second("100 finds", unlabelled_places=100),
)
VARIANTS = (FULL, *NOISE, *STEPS, *NUMBERS)
