"""Pick sets: which ones count, and how browsers read them."""

import struct
from collections.abc import Iterable, Iterator
from math import ceil

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from picking.models import PickSet, Project, Source
from picking.science.picks import Picks, pack


def latest_pick_sets(project: Project) -> QuerySet[PickSet]:
    """One pick set a micrograph: of the current training where there is one already, else of the last before.

    The first guess is older than any training.
    """
    return PickSet.objects.filter(is_latest(project.current_training_id), micrograph__project=project)


def is_latest(current_training: int | F | None) -> Q:
    """Whether a pick set is the latest of its micrograph. `current_training`: an id, or a path from a pick set.

    Of most micrographs the current training's is, and the database looks for no other.
    """
    of_current = Q(source__training=current_training)
    by_networks = Q(source__kind__in=Source.BY_NETWORKS)
    newer = Q(source__gt=OuterRef("source"))  # sources are numbered as trainings are: one join less
    same = PickSet.including_deleted.filter(by_networks, micrograph=OuterRef("micrograph"))
    return by_networks & (of_current | Q(~Exists(same.filter(of_current | newer))))


def spread(sets: QuerySet[PickSet], most: int) -> QuerySet[PickSet]:
    """Those of evenly chosen micrographs, as many as have about `most` picks together."""
    counts = dict(sets.order_by("micrograph").values_list("pk", "count"))
    every = max(1, ceil(sum(counts.values()) / most))
    return sets if every == 1 else PickSet.objects.filter(pk__in=[*counts][::every])


def packed_picks(sets: Iterable[PickSet]) -> Iterator[bytes]:
    """Pick sets as browsers read them: little-endian uint32 micrograph, source, count; then the rows."""
    for each in sets:
        yield struct.pack("<III", each.micrograph_id, each.source_id, each.count) + bytes(each.rows)


def packed(micrograph: int, source: int, picks: Picks) -> bytes:
    """As `packed_picks`, of picks that are not stored."""
    return struct.pack("<III", micrograph, source, len(picks)) + pack(picks)
