"""How people agree who labelled the same micrographs blind, and what of it is settled.

Figures are of the labels as they were when their micrograph was revealed, which its event keeps: settling a difference
changes labels, and must not make people agree who did not (docs/decisions/0067-arbitration.md).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from picking import wire
from picking.models import Label, Micrograph, Project, User, Verdict
from picking.queries.micrographs.visible import by_micrograph, visible_events
from picking.queries.picks.compared_sets import measured
from picking.queries.picks.comparisons import matched
from picking.science.compare.people import Difference, Labelled, Twice, agree, differences, kappa
from picking.science.picks import NEAR, as_points

AT = 1.0
"""An accept no further than this many pixels from a label is of this label."""

Row = wire.DifferingLabelWire


@dataclass(frozen=True)
class Revealed:
    """A micrograph that was blind, the ids of those who had finished it by then, and everyone's labels as they were."""

    micrograph: Micrograph
    people: Sequence[int]
    labels: Sequence[Row]

    def of(self, person: int) -> list[Row]:
        return [each for each in self.labels if each["author"] == person]

    def twice(self, pair: Sequence[int]) -> Twice:
        row = self.micrograph
        assert row.pixel_size and row.diameter_px, "only micrographs of known pixel size are compared"
        first, second = (_labelled(self.of(person)) for person in pair)
        return Twice(row.pk, first, second, row.height, row.diameter_px, row.pixel_size)


def revealed(project: Project, only: int | None = None) -> list[Revealed]:
    """All of a project whose pixel size is known, or the one of an id, in the order in which they were revealed."""
    rows = {each.pk: each for each in measured(project, only)}
    events = visible_events(project, None).filter(type="micrograph.revealed", micrograph__in=rows)
    told = {micrograph: data for micrograph, data in events.values_list("micrograph", "data") if micrograph}
    return [Revealed(rows[pk], sorted(data["people"]), _rows(data["marks"]["labels"])) for pk, data in told.items()]


def double_agreement(project: Project) -> wire.DoubleAgreementWire:
    """Of each pair of people, and how many differences are left on each micrograph."""
    every = revealed(project)
    both = [each for each in every if len(each.people) > 1]
    pairs = defaultdict[tuple[int, int], list[Revealed]](list)
    for each in both:
        for first, second in combinations(each.people, 2):
            pairs[first, second].append(each)
    names = dict(User.objects.filter(pk__in={one for pair in pairs for one in pair}).values_list("pk", "username"))
    settled = {each.micrograph.pk: found["differences"] for each, found in zip(both, _settled(both), strict=True)}
    return {
        "pairs": [_pair(pair, pairs[pair], names) for pair in sorted(pairs)],
        "micrographs": [
            {
                "id": each.micrograph.pk,
                "people": (each.people[0], each.people[1]),
                "differences": len(settled[each.micrograph.pk]),
                "open": sum(not one["settled"] for one in settled[each.micrograph.pk]),
            }
            for each in both
        ],
        "unfinished": len(every) - len(both),
    }


def label_differences(micrograph: Micrograph) -> wire.LabelDifferencesWire:
    """Between the first two who finished it; nothing while it is blind, and where its pixel size is not known."""
    both = [each for each in revealed(micrograph.project, micrograph.pk) if len(each.people) > 1]
    nothing: wire.LabelDifferencesWire = {"people": [], "differences": []}
    return next(iter(_settled(both)), nothing)


def _pair(pair: tuple[int, int], every: Sequence[Revealed], names: dict[int, str]) -> wire.PairAgreementWire:
    first, second = (f"“{names.get(person, 'somebody')}”" for person in pair)
    found = agree([each.twice(pair) for each in every], (first, second))
    particles, kinds = found.particles, kappa(*found.kinds)
    offsets = particles.offsets if len(particles.offsets) else np.zeros((1, 2))
    x, y = offsets.mean(axis=0).tolist()
    across, down = offsets.std(axis=0).tolist()
    return {
        **matched(particles),
        "people": pair,
        "surplus": found.surplus,
        "kinds_matched": kinds.places,
        "kinds_agreed": kinds.agreed,
        "kinds_by_chance": kinds.by_chance,
        "kappa": kinds.value,
        "offset": (x, y),
        "offset_px": (x / particles.pixel_size, y / particles.pixel_size),
        "offset_spread": (across, down),
    }


def _settled(every: Sequence[Revealed]) -> Iterable[wire.LabelDifferencesWire]:
    """The differences of each, and whether they are settled by the marks that are there now."""
    ids = [each.micrograph.pk for each in every]
    labels, verdicts = by_micrograph(Label, ids, None), by_micrograph(Verdict, ids, None)
    for each in every:
        pk, pair = each.micrograph.pk, each.people[:2]
        now = {str(label.pk): label for label in labels[pk]}
        accepted = as_points([(v.x, v.y) for v in verdicts[pk] if v.kind == Verdict.Kind.ACCEPT])
        first, second = (each.of(person) for person in pair)
        found: list[wire.LabelDifferenceWire] = []
        for one in differences(each.twice(pair)):
            two = _at(first, one.first), _at(second, one.second)
            here = [now.get(row["id"]) for row in two if row]
            settled = is_settled(one, here, accepted, NEAR * (each.micrograph.diameter_px or 0))
            found.append({"what": one.what, "first": two[0], "second": two[1], "settled": settled})
        yield {"people": [*pair], "differences": found}


def is_settled(one: Difference, here: Collection[Label | None], accepted: np.ndarray, near: float) -> bool:
    """Whether one label is gone, all of them are accepted, or they no longer differ; the page has the same rule.

    `here`: its labels as they are now, None for one that is gone. `accepted`: (n, 2) places; `near`: in pixels.
    """
    labels = [label for label in here if label]
    if len(labels) < len(here):
        return True
    if all((np.hypot(*(accepted - (label.x, label.y)).T) <= AT).any() for label in labels):
        return True
    kinds = {label.kind for label in labels}
    if len(labels) == 1:
        return kinds != {Label.Kind.PARTICLE}
    a, b = labels
    return len(kinds) == 1 and (one.what == "kind" or bool(np.hypot(a.x - b.x, a.y - b.y) <= near))


def _rows(columns: dict[str, list[Any]]) -> list[Row]:
    fields = zip(*(columns[name] for name in ("id", "author", "kind", "x", "y")), strict=True)
    return [{"id": pk, "author": author, "kind": kind, "x": x, "y": y} for pk, author, kind, x, y in fields]


def _labelled(rows: Sequence[Row]) -> Labelled:
    return Labelled(as_points([(row["x"], row["y"]) for row in rows]), np.array([row["kind"] for row in rows], np.str_))


def _at(rows: Sequence[Row], number: int | None) -> Row | None:
    return None if number is None else rows[number]
