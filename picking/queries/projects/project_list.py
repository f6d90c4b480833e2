"""A person's projects as their first page lists them: what is there, how good it is, who was there last."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from picking import wire
from picking.models import Event, Label, Micrograph, PickSet, Project, User
from picking.queries.micrographs.comments import waiting_counts
from picking.queries.micrographs.final_picks import AT_ONCE, OF_RULE, rule_for
from picking.queries.micrographs.pick_sets import is_latest
from picking.queries.micrographs.visible import told_to, visible
from picking.science.final import passing
from picking.science.picks import unpack


def projects_of(user: User, only: int | None = None) -> QuerySet[Project]:
    """The projects a person is a member of, the ones changed last first; of these the one with the id `only`."""
    projects = Project.objects.filter(memberships__user=user)
    return projects if only is None else projects.filter(pk=only)


def project_list(user: User, projects: Sequence[Project]) -> list[wire.ListedProjectWire]:
    """Some of the rows of `listed_projects`. As many queries for a hundred projects as for one."""
    annotated: Sequence[Any] = projects
    ids = [project.pk for project in annotated]
    micrographs = Counter(dict(_counted(Micrograph.objects.filter(project__in=ids), "project")))
    labels = Counter({(row[0], row[1]): row[2] for row in _labels(ids, user.pk)})
    picks = _picks_that_pass({project.pk: project for project in annotated})
    waiting = waiting_counts(user, ids)
    return [
        {
            **wire.project_wire(project),
            "role": next(each.role for each in project.memberships.all() if each.user_id == user.pk),
            "members": [wire.member_wire(each) for each in project.memberships.all()],
            "micrographs": micrographs[project.pk],
            "labels": {
                "particle": labels[project.pk, "particle"],
                "background": labels[project.pk, "background"],
                "contamination": labels[project.pk, "contamination"],
            },
            "picks": picks[project.pk],
            "quality": _quality(project),
            "cover": str(project.cover) if project.cover else None,
            "changed_at": (project.changed_last or project.created_at).isoformat(),
            "changed_by": project.changed_by if project.changed_last else getattr(project.created_by, "username", None),
            "waiting": waiting[project.pk],
        }
        for project in annotated
    ]


def listed_projects(user: User, only: int | None = None) -> QuerySet[Any]:
    """With the key of the micrograph that stands for each, and the last change by a person that this one sees."""
    included = Micrograph.objects.filter(project=OuterRef("pk"), excluded=False).order_by("name")
    by_people = Event.objects.filter(told_to(user.pk), project=OuterRef("pk"), actor__isnull=False)
    by_people = by_people.order_by("-sequence")
    heavy = [f"current_training__{field}" for field in ("settings", "losses", "held_out")]
    rows = projects_of(user, only).select_related("current_training", "created_by").defer(*heavy)
    return rows.prefetch_related("memberships__user").annotate(
        cover=Subquery(included.values("key")[:1]),
        changed_last=Subquery(by_people.values("created_at")[:1]),
        changed_by=Subquery(by_people.values("actor__username")[:1]),
    )


def _counted(rows: QuerySet[Any], *by: str) -> QuerySet[Any, Any]:
    counted: QuerySet[Any, Any] = rows.order_by().values_list(*by).annotate(Count("pk"))
    return counted


def _labels(projects: Collection[int], reader: int) -> QuerySet[Any, Any]:
    return _counted(visible(Label, reader).filter(micrograph__project__in=projects), "micrograph__project", "kind")


def _picks_that_pass(projects: Mapping[int, Project]) -> dict[int, int]:
    """How many network picks pass the thresholds and keep the margin, by project, ignoring labels and verdicts."""
    project = "micrograph__project"
    newest = PickSet.objects.filter(is_latest(F(f"{project}__current_training")))
    rows = newest.filter(**{f"{project}__in": projects}, micrograph__excluded=False)
    counts: dict[int, int] = defaultdict(int)
    asked = [f"micrograph__{name}" for name in ("listed_pixel_size", "header_pixel_size", *OF_RULE)]
    told = rows.order_by().values_list("rows", project, *asked).iterator(chunk_size=AT_ONCE)
    # Many with the same rule at once: to ask it of each takes twice as long.
    alike = groupby(enumerate(told), key=lambda each: (each[0] // AT_ONCE, *each[1][1:]))
    for (_, key, listed, header, *of_rule), some in alike:
        rule = rule_for(projects[key], projects[key].diameter_px_of(listed or header) or 0, *of_rule)
        packed = b"".join(bytes(row[0]) for _, row in some)
        picks = unpack(packed).astype(np.float64, order="F")  # compared as `final` does
        counts[key] += int(np.count_nonzero(passing(picks, rule)))
    return counts


def _quality(project: Project) -> wire.FiguresWire | None:
    training = project.current_training
    figures: Any = training.validation if training else None
    return figures if figures and "average_precision" in figures else None
