"""Pick sets: which ones count, and how browsers read them."""

import struct
from collections.abc import Iterable, Iterator

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When

from picking.models import PickSet, Project, Source
from picking.science.picks import Picks, pack


def latest_pick_sets(project: Project) -> QuerySet[PickSet]:
    """One pick set a micrograph: of the current training where there is one already, else of the last before.

    The first guess is older than any training.
    """
    return PickSet.objects.filter(micrograph__project=project, pk=latest_of(project.current_training_id))


def latest_of(current_training: int | F | None) -> Subquery:
    """Key of the latest pick set of an outer row's micrograph. `current_training`: an id, or a path from a pick set."""
    of_current = Case(When(source__training=current_training, then=0), default=1)
    by_networks = PickSet.objects.filter(micrograph=OuterRef("micrograph"), source__kind__in=Source.BY_NETWORKS)
    best_first = by_networks.order_by(of_current, "-source_id")  # sources are numbered as trainings are: one join less
    return Subquery(best_first.values("pk")[:1])


def packed_picks(sets: Iterable[PickSet]) -> Iterator[bytes]:
    """Pick sets as browsers read them: little-endian uint32 micrograph, source, count; then the rows."""
    for each in sets:
        yield struct.pack("<III", each.micrograph_id, each.source_id, each.count) + bytes(each.rows)


def packed(micrograph: int, source: int, picks: Picks) -> bytes:
    """As `packed_picks`, of picks that are not stored."""
    return struct.pack("<III", micrograph, source, len(picks)) + pack(picks)
