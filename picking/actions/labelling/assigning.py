"""Managers give micrographs to people, and take them back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from picking.actions.labelling.queue import remove, tell
from picking.actions.locked_project import locked_project, require_open
from picking.models import Assignment, Micrograph, Project, Role, User
from picking.models.people.membership import Right
from picking.queries.projects.queue import Queue, assignments
from picking.refusals import Refused


@dataclass(frozen=True)
class Assigning:
    """What is given to whom.

    `people`: ids of members who may annotate. `micrographs`: by their ids; None for all. `each`: at most so many for
    each person; None for as many as there are. `order`: which come first; `seed`: of the random order. `double`: two
    people are to label what is given.
    """

    people: Sequence[int]
    micrographs: Sequence[int] | None = None
    each: int | None = None
    order: Literal["name", "random"] = "name"
    seed: int = 0
    double: bool = False


def assign(project_id: int, actor: User, wanted: Assigning) -> list[Assignment]:
    """Gives what is free, one micrograph a person in turn. Raises Refused for people who may not label here."""
    with locked_project(project_id) as project:
        require_open(project)
        require_annotators(project, wanted.people)
        queue = Queue(project)
        given = list(_dealt(queue, _chosen(queue, wanted), wanted))
        doubled = [each for each, _ in given if each.double and wanted.double]
        Micrograph.objects.bulk_update(doubled, ["double"])
        remove(project, [one for each, _ in given for one in queue.run_out(each)], actor, "run_out")
        return give(project, actor, given, doubled)


def give(
    project: Project, actor: User, given: Iterable[tuple[Micrograph, int]], doubled: Iterable[Micrograph]
) -> list[Assignment]:
    """Micrographs of the locked project, each with the id of whom it is given to. `doubled`: two are to label these."""
    rows = Assignment.objects.bulk_create(
        Assignment(micrograph=each, user_id=person, assigned=True, assigned_by=actor) for each, person in given
    )
    if rows:
        tell(project, "given", rows, actor, doubled=doubled)
    return rows


def take_back(project_id: int, actor: User, micrographs: Sequence[int], person: int | None = None) -> int:
    """Frees what is not finished, of one person or of all, and returns how many assignments that were."""
    with locked_project(project_id) as project:
        require_open(project)
        found = assignments(project).filter(micrograph__in=micrographs, done_at=None)
        rows = list(found if person is None else found.filter(user=person))
        remove(project, rows, actor)
    return len(rows)


def _chosen(queue: Queue, wanted: Assigning) -> list[Micrograph]:
    """Those to be given, in the order in which it is their turn."""
    ids = None if wanted.micrographs is None else {*wanted.micrographs}
    rows = [each for each in queue.micrographs if ids is None or each.pk in ids]
    if wanted.order == "random":
        rows = [rows[at] for at in np.random.default_rng(wanted.seed).permutation(len(rows))]
    for each in rows:
        each.double = each.double or wanted.double
    return rows


def _dealt(queue: Queue, rows: Sequence[Micrograph], wanted: Assigning) -> Iterator[tuple[Micrograph, int]]:
    """Whoever has got least is next: with what is free, all get as many, give or take one."""
    got = dict.fromkeys(wanted.people, 0)
    for row in rows:
        able = [one for one in got if queue.free(row, one) and (wanted.each is None or got[one] < wanted.each)]
        able.sort(key=got.__getitem__)
        for one in able[: queue.places(row)]:
            got[one] += 1
            yield row, one


def require_annotators(project: Project, people: Sequence[int]) -> None:
    """Refuses people who may not label in the project."""
    roles = dict(project.memberships.filter(user__in=people).values_list("user", "role"))
    for person in people:
        if person not in roles:
            raise Refused("One of these people is no longer in the project. Reload the page.")
        if not Role(roles[person]).may(Right.ANNOTATE):
            name = User.objects.get(pk=person).username
            raise Refused(f"{name} may only look. Make them an annotator first.")
