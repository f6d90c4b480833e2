"""Coordinate files that are being imported: what a person sees of them before anything is kept."""

from collections.abc import Sequence
from typing import Literal, TypedDict

from picking.models import CoordinateImport
from picking.science.formats import NameRule, Placing
from picking.science.incoming.incoming import Incoming
from picking.science.incoming.suggested import SuggestedRule

MOST_NAMES = 200
"""Names of each sort that are listed."""

Unit = Literal["pixels", "fractions", "angstrom"]


class NameRuleWire(TypedDict):
    """What is ignored in names, as people type it: texts between commas. `#` stands for a number."""

    starts: str
    ends: str


class SuggestedRuleWire(NameRuleWire):
    """A rule, and how many names in the files match one micrograph, none, or several by it."""

    matched: int
    unmatched: int
    ambiguous: int


class PlacingWire(TypedDict):
    """`scale`: a pixel of the files is so many of the micrograph's; null where each file says so itself.

    `flip_y`: rows are counted from the other end.
    """

    scale: float | None
    unit: Unit
    flip_y: bool


class IncomingMicrographWire(TypedDict):
    """`picks`: that would be stored. `outside`: whose centre is outside of the image, which are left out."""

    micrograph: int
    picks: int
    outside: int
    doubled: int


class CoordinateImportWire(TypedDict):
    """Files as they would be stored.

    `files`: how many. `format`: as told by the content, or as chosen. `doubt`: why it may be another, and which files
    are left out; empty where there is nothing to say. `rule`, `placing`: in use; `chosen_rule`, `chosen_placing`:
    whether a person chose them. `matched`: names in the files that mean one micrograph.
    `unmatched`, `ambiguous`: the first of those that mean none, or may mean several. `missing`: micrographs of the
    project without coordinates. `scored`: whether the files hold scores. `guess`: what the coordinates say of their
    scale. `warnings`: sentences.
    """

    id: str
    files: int
    format: str
    doubt: str
    rule: NameRuleWire
    chosen_rule: bool
    rules: list[SuggestedRuleWire]
    placing: PlacingWire
    chosen_placing: bool
    guess: str
    merge_doubled: bool
    scored: bool
    matched: int
    unmatched: list[str]
    unmatched_count: int
    ambiguous: list[str]
    ambiguous_count: int
    missing: int
    picks: int
    outside: int
    doubled: int
    warnings: list[str]
    micrographs: list[IncomingMicrographWire]


def coordinate_import_wire(
    draft: CoordinateImport,
    key: str,
    doubt: str,
    incoming: Incoming,
    rules: Sequence[SuggestedRule],
    ids: dict[str, int],
    scored: bool,
) -> CoordinateImportWire:
    """`ids`: micrographs of the project by their names."""
    merge = draft.merge_doubled
    names = incoming.names
    return {
        "id": str(draft.pk),
        "files": len(draft.files),
        "format": key,
        "doubt": doubt,
        "rule": _rule(incoming.rule),
        "chosen_rule": draft.rule is not None,
        "rules": [
            {**_rule(each.rule), "matched": each.matched, "unmatched": each.unmatched, "ambiguous": each.ambiguous}
            for each in rules
        ],
        "placing": _placing(incoming.placing),
        "chosen_placing": draft.placing is not None,
        "guess": incoming.guess.sentence,
        "merge_doubled": merge,
        "scored": scored,
        "matched": len(names.micrographs),
        "unmatched": names.unmatched[:MOST_NAMES],
        "unmatched_count": len(names.unmatched),
        "ambiguous": list(names.ambiguous.values())[:MOST_NAMES],
        "ambiguous_count": len(names.ambiguous),
        "missing": len(ids) - len(incoming.micrographs),
        "picks": incoming.picks - (incoming.doubled if merge else 0),
        "outside": incoming.outside,
        "doubled": incoming.doubled,
        "warnings": incoming.warnings,
        "micrographs": [
            {
                "micrograph": ids[each.name],
                "picks": len(each.inside) - (each.doubled if merge else 0),
                "outside": len(each.outside),
                "doubled": each.doubled,
            }
            for each in incoming.micrographs
        ],
    }


def _rule(rule: NameRule) -> NameRuleWire:
    return {"starts": ", ".join(rule.starts), "ends": ", ".join(rule.ends)}


def _placing(placing: Placing) -> PlacingWire:
    return {"scale": placing.scale, "unit": placing.unit, "flip_y": placing.flip_y}
