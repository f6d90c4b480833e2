"""Sets of picks that are compared: the networks' and the final ones, people's labels, other sources."""

import re
from collections.abc import Callable, Iterable, Sequence

from django.db.models import QuerySet

from picking.models import Label, Micrograph, PickSet, Project, Region, User
from picking.queries.micrographs.final_picks import final_picks, rule_of
from picking.queries.micrographs.micrographs import not_blind
from picking.queries.micrographs.pick_sets import latest_pick_sets
from picking.queries.micrographs.visible import by_micrograph, visible
from picking.queries.picks.source_picks import SourcePicks
from picking.refusals import Refused
from picking.science import final
from picking.science.picks import Picks, Points, as_points, unpack
from picking.science.polygon import clipped

Places = dict[int, Points]
"""Micrograph -> (n, 2) centres; micrographs that were not looked at are missing."""

Read = Callable[[Project, Sequence[Micrograph]], Places]


def title_of(project: Project, key: str) -> str:
    """What people call a set of picks. Raises Refused for what is none, or is not of this project."""
    kind, _, number = key.partition(":")
    if key in _TITLES:
        return _TITLES[key]
    if kind in ("labels", "source") and re.fullmatch("[0-9]{1,9}", number):
        if kind == "source" and (source := project.sources.filter(pk=number).first()):
            return source.name
        if kind == "labels" and (user := User.objects.filter(pk=number, memberships__project=project).first()):
            return f"Labels of {user.username}"
    raise Refused(f"There are no picks “{key}” in this project. Choose others to compare.")


_TITLES = {"final": "Final picks", "networks": "The networks", "labels": "All labels"}


def measured(project: Project, only: int | None = None) -> list[Micrograph]:
    """The micrographs that take part, are not labelled blind, and whose pixel size is known."""
    rows = not_blind(project).filter(**({} if only is None else {"pk": only})).select_related("project")
    return [micrograph for micrograph in rows if micrograph.diameter_px]


def places_of(project: Project, key: str, micrographs: Sequence[Micrograph]) -> Places:
    """What a set of picks, known by `key`, has on some micrographs of known pixel size."""
    return _reader(key)(project, micrographs)


def _reader(key: str) -> Read:
    kind, _, number = key.partition(":")
    if kind == "final":
        return _final
    if kind == "networks":
        return _networks
    if kind == "labels":
        return lambda project, micrographs: _labels(micrographs, int(number) if number else None)
    return lambda project, micrographs: _source(project, micrographs, int(number))


def _final(project: Project, micrographs: Sequence[Micrograph]) -> Places:
    rows = project.micrographs.filter(pk__in=[each.pk for each in micrographs])
    found = {each.micrograph.pk: each.picks.xy for each in final_picks(project, rows)}
    looked_at = set(_sets(project, micrographs).values_list("micrograph", flat=True))
    return {micrograph: places for micrograph, places in found.items() if len(places) or micrograph in looked_at}


def _networks(project: Project, micrographs: Sequence[Micrograph]) -> Places:
    """What thresholds, regions and limits leave, whatever people said of single picks."""
    rows = _sets(project, micrographs).values_list("micrograph", "rows")
    sets = {pk: unpack(bytes(packed)) for pk, packed in rows}
    regions = by_micrograph(Region, list(sets), None)
    return {each.pk: _passed(each, sets[each.pk], regions[each.pk]) for each in micrographs if each.pk in sets}


def _sets(project: Project, micrographs: Sequence[Micrograph]) -> QuerySet[PickSet]:
    return latest_pick_sets(project).filter(micrograph__in=[each.pk for each in micrographs])


def _passed(micrograph: Micrograph, picks: Picks, regions: Iterable[Region]) -> Points:
    assert micrograph.diameter_px, "only micrographs of known pixel size are compared"
    polygons = [clipped(as_points(each.polygon), micrograph.width, micrograph.height) for each in regions]
    rule = rule_of(micrograph, micrograph.diameter_px)
    nobody = as_points([])
    return final.final_picks(picks, nobody, nobody, [], polygons, micrograph.diameter_px, rule).xy


def _labels(micrographs: Sequence[Micrograph], author: int | None) -> Places:
    rows = visible(Label, None).filter(micrograph__in=micrographs, kind=Label.Kind.PARTICLE)
    if author is not None:
        rows = rows.filter(author=author)
    return _gathered(rows.order_by("pk").values_list("micrograph", "x", "y"))


def _source(project: Project, micrographs: Sequence[Micrograph], number: int) -> Places:
    found = SourcePicks.of(project, [number]).of_micrographs([each.pk for each in micrographs])
    return {micrograph: as_points(picks[number].xy) for micrograph, picks in found.items()}


def _gathered(rows: Iterable[tuple[int, float, float]]) -> Places:
    found: dict[int, list[tuple[float, float]]] = {}
    for micrograph, x, y in rows:
        found.setdefault(micrograph, []).append((x, y))
    return {micrograph: as_points(places) for micrograph, places in found.items()}
