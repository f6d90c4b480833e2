"""Blind double labelling: a share of the micrographs, drawn at random, is labelled by two people who do not see one
another's marks (docs/decisions/0061-blind.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from picking import events
from picking.actions.labelling.assigning import give, require_annotators
from picking.actions.locked_project import locked_project, require_open
from picking.models import Assignment, Micrograph, Project, User
from picking.queries.micrographs.micrographs import by_name, included, reviewed
from picking.refusals import Refused

SEEDS = 2**31


@dataclass(frozen=True)
class DoubleLabelling:
    """`people`: ids of two members or more, of whom two get each micrograph, all as many, give or take one.

    `share`: of the micrographs that are not excluded, above 0 and at most 1. `seed`: None for one that is drawn.
    """

    people: Sequence[int]
    share: float
    seed: int | None = None


@dataclass(frozen=True)
class Begun:
    """What was drawn, by which seed."""

    seed: int
    micrographs: list[Micrograph]
    assignments: list[Assignment]


def begin_double_labelling(project_id: int, actor: User, wanted: DoubleLabelling) -> Begun:
    """Draws among the micrographs that nobody has or has marked: fewer than asked for where there are not as many.

    Raises Refused where there is none, and for people who may not label here.
    """
    if len(set(wanted.people)) < 2:
        raise Refused("Choose at least two people: each of these micrographs is labelled by two.")
    seed = int(np.random.default_rng().integers(SEEDS)) if wanted.seed is None else wanted.seed
    rng = np.random.default_rng(seed)
    with locked_project(project_id) as project:
        require_open(project)
        require_annotators(project, wanted.people)
        drawn = _drawn(project, wanted.share, rng)
        if not drawn:
            raise Refused("Somebody has or has labelled every micrograph. Import more, or take back what is not begun.")
        Micrograph.objects.filter(pk__in=[each.pk for each in drawn]).update(blind=True, double=True)
        pairs = zip(drawn, dealt(sorted(set(wanted.people)), rng), strict=False)
        ids = [each.pk for each in drawn]
        events.append(project, events.MicrographsBlind(micrographs=ids, seed=seed), actor)
        work = give(project, actor, [(each, person) for each, pair in pairs for person in pair], drawn)
    return Begun(seed, drawn, work)


def dealt(people: Sequence[int], rng: np.random.Generator) -> Iterator[tuple[int, int]]:
    """Two people for one micrograph after the other: those who have got least, at random among these."""
    got = dict.fromkeys(people, 0)
    while True:
        first, second, *_ = sorted(rng.permutation(people).tolist(), key=got.__getitem__)
        got[first] += 1
        got[second] += 1
        yield first, second


def _drawn(project: Project, share: float, rng: np.random.Generator) -> list[Micrograph]:
    """In the order of their names, whatever the database's: the same seed draws the same."""
    wanted = max(1, round(share * included(project).count()))
    free = included(project).filter(blind=False, assignments=None).exclude(reviewed(None))
    rows = by_name(free)
    return [rows[at] for at in rng.permutation(len(rows))[:wanted]]
