"""Consensus: a source of what several sets of picks agree on."""

from collections.abc import Sequence

from picking.actions.locked_project import locked_project
from picking.actions.marks.sources import NewSource, make_source
from picking.models import Project, Source, User
from picking.queries.picks.compared_sets import title_of
from picking.queries.picks.comparisons import agreed_picks
from picking.refusals import Refused


def make_consensus(project: Project, actor: User, name: str, sets: Sequence[str], at_least: int) -> Source:
    """A new source of the picks that `at_least` so many of the `sets` have; the share that does is their score.

    `sets`: as in `queries.compared_sets`. Raises Refused where a set is named twice, or too few are named.
    """
    if len(set(sets)) < len(sets):
        raise Refused("The same picks are chosen twice. Choose different ones.")
    if at_least > len(sets):
        raise Refused(f"{at_least} cannot agree where only {len(sets)} are chosen.")
    how = {"sets": [title_of(project, key) for key in sets], "at_least": at_least}
    picks = agreed_picks(project, sets, at_least)
    new = NewSource(Source.Kind.CONSENSUS, name, picks, scored=True, how=how)
    with locked_project(project.pk) as locked:
        return make_source(locked, actor, new)
