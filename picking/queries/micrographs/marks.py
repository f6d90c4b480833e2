"""Labels, verdicts and regions: what people marked, and what of it the networks learn from.

Micrographs that are labelled blind teach nothing: one person's labels would show through the picks to the other.
"""

from collections import Counter, defaultdict

import numpy as np
from django.db.models import Count, Q, QuerySet

from picking.models import Label, Micrograph, Project, Region, Verdict
from picking.queries.micrographs.micrographs import not_blind
from picking.queries.micrographs.teaching import taught_points
from picking.queries.micrographs.visible import visible
from picking.science.picks import Points, as_points
from picking.science.teach import few_judged

KINDS = [kind.value for kind in Label.Kind]


def label_counts(project: Project) -> dict[str, int]:
    """How many labels of each kind the networks learn from; verdicts count, and picks of sources that teach.

    The browser has the same rule (frontend/src/model/counts.ts).
    """
    labels = visible(Label, None).filter(micrograph__in=not_blind(project))
    counts = Counter(dict.fromkeys(KINDS, 0))
    counts.update(dict(labels.values_list("kind").annotate(n=Count("pk")).order_by()))
    verdicts = _verdicts(project).annotate(with_fit=Q(fit__isnull=False)).values_list("kind", "with_fit")
    for kind, with_fit, n in verdicts.annotate(n=Count("pk")).order_by():
        counts[_teaches(kind, with_fit)] += n
    counts["particle"] += sum(map(len, taught_points(project).values()))
    return dict(counts)


def labelled_points(project: Project) -> dict[str, dict[int, Points]]:
    """kind -> micrograph -> (n, 4) full-resolution x, y that the networks learn from, how much each counts, and 1 where
    it is a pick that somebody judged.

    A person's word on a pick teaches as well: what was accepted or moved is a particle, what was rejected is
    background. What was judged with its class of averages counts as much as it fits the class, and is contamination
    where that was rejected: it looks like many others that the networks took for particles.
    """
    points: dict[str, dict[int, list[tuple[float, float, float, float]]]] = {kind: defaultdict(list) for kind in KINDS}
    for label in visible(Label, None).filter(micrograph__in=not_blind(project)):
        points[label.kind][label.micrograph_id].append((label.x, label.y, 1.0, 0.0))
    for verdict in _verdicts(project):
        weight = 1.0 if verdict.fit is None else verdict.fit
        kind = _teaches(verdict.kind, verdict.fit is not None)
        points[kind][verdict.micrograph_id].append((*place_of(verdict), weight, 1.0))
    return {kind: {m: np.array(rows, np.float64) for m, rows in by.items()} for kind, by in points.items()}


def _verdicts(project: Project) -> QuerySet[Verdict]:
    return visible(Verdict, None).filter(micrograph__in=not_blind(project))


def _teaches(kind: str, with_fit: bool) -> str:
    if kind != Verdict.Kind.REJECT:
        return Label.Kind.PARTICLE
    return Label.Kind.CONTAMINATION if with_fit else Label.Kind.BACKGROUND


def examples(project: Project) -> dict[str, dict[int, Points]]:
    """As `labelled_points`, with the picks of sources that teach behind people's own particles.

    What was judged by classes is limited, as these picks are (picking/science/teach.py).
    """
    points = {kind: few_judged(labels) for kind, labels in labelled_points(project).items()}
    particles = points[Label.Kind.PARTICLE]
    for micrograph, more in taught_points(project).items():
        rows = np.column_stack([more, np.ones(len(more)), np.zeros(len(more))])
        particles[micrograph] = np.concatenate([particles.get(micrograph, np.empty((0, 4))), rows])
    return points


def region_polygons(project: Project) -> dict[int, list[Points]]:
    """micrograph -> polygons of contamination, each (n, 2) x, y."""
    polygons: dict[int, list[Points]] = defaultdict(list)
    for region in visible(Region, None).filter(micrograph__in=not_blind(project)):
        polygons[region.micrograph_id].append(as_points(region.polygon))
    return polygons


def particle_labels(micrograph: Micrograph, reader: int | None) -> Points:
    """(n, 2): where people marked particles on a micrograph, as far as the reader sees."""
    labels = visible(Label, reader).filter(micrograph=micrograph, kind=Label.Kind.PARTICLE)
    return as_points(list(labels.values_list("x", "y")))


def place_of(verdict: Verdict) -> tuple[float, float]:
    """Where the particle is that a verdict is about, as the person sees it: a move's is its target."""
    if verdict.kind == Verdict.Kind.MOVE and verdict.to_x is not None and verdict.to_y is not None:
        return verdict.to_x, verdict.to_y
    return verdict.x, verdict.y
