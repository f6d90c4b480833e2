"""Who sees which marks, and which events tell of them: the one way to both (docs/decisions/0061-blind.md).

While a micrograph is blind, people see those of its marks of which they are the author. `reader` is a person's id; None
stands for what everyone sees, which is also what the networks learn from and what is exported.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from picking.models import Event, Project
from picking.models.marks import Mark

M = TypeVar("M", bound=Mark)


def visible(kind: type[M], reader: int | None) -> QuerySet[M]:
    """The marks of a kind that a person sees, in all projects: whoever asks narrows them to some micrographs."""
    open_to_all = Q(micrograph__blind=False)
    marks: Any = kind._default_manager  # the types know it of Mark alone
    found: QuerySet[M] = marks.filter(open_to_all if reader is None else open_to_all | Q(author=reader))
    return found


def by_micrograph(kind: type[M], ids: Sequence[int], reader: int | None) -> defaultdict[int, list[M]]:
    """Of some micrographs, all at once: a query for each takes longer than its picks, even where there is nothing."""
    marks = defaultdict[int, list[M]](list)
    for mark in visible(kind, reader).filter(micrograph__in=ids).select_related("author"):
        marks[mark.micrograph_id].append(mark)
    return marks


def is_visible(mark: Mark, reader: int | None) -> bool:
    """The same of one mark."""
    return may_see(mark.author_id, mark.micrograph.blind, reader)


def may_see(author: int | None, blind: bool, reader: int | None) -> bool:
    """Whether a person sees a mark of an author on a micrograph that is blind or is not."""
    return not blind or (reader is not None and author == reader)


def visible_events(project: Project, reader: int | None) -> QuerySet[Event]:
    """The events of a project that a person sees."""
    return project.events.filter(told_to(reader))


def told_to(reader: int | None) -> Q:
    """Which events a person sees."""
    everyone = Q(only_for=None)
    return everyone if reader is None else everyone | Q(only_for=reader)
