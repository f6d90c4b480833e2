"""What a named snapshot freezes, as the rows of its file (science/frozen.py)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, cast

from django.db.models import Q

from picking import wire
from picking.models import Micrograph, NamedSnapshot, Project
from picking.queries.exports.export import BLIND, Outgoing, export_paths_of
from picking.queries.exports.extraction import project_box
from picking.queries.exports.manifest import thresholds_wire, training_wire
from picking.queries.micrographs.final_picks import AT_ONCE
from picking.queries.micrographs.micrographs import by_name, included, not_blind, reviewed
from picking.queries.picks.source_picks import SourcePicks
from picking.queries.projects.snapshot import marks_of
from picking.science.formats import Coordinates
from picking.science.frozen import FORMAT, frozen_picks
from picking.version import program
from picking.wire.named_snapshot import SnapshotCountsWire

OF_PROJECT = ("name", "particle_diameter", "pixel_size", "minimum_distance", "border_margin")
OF_PROJECT_TOO = ("particle_threshold", "contamination_threshold")


def frozen_rows(project: Project, named: NamedSnapshot, counted: Counter[str]) -> Iterator[dict[str, Any]]:
    """The head, then each micrograph that is not labelled blind. `counted`: filled on the way."""
    blind = included(project).filter(blind=True)
    yield {
        "format": FORMAT,
        "program": program(),
        "name": named.name,
        "note": named.note,
        "created_at": named.created_at.isoformat(),
        "created_by": named.created_by.username if named.created_by else "",
        "sequence": project.sequence,
        "project": {name: getattr(project, name) for name in (*OF_PROJECT, *OF_PROJECT_TOO)},
        "thresholds": thresholds_wire(project, not_blind(project)),
        "training": training_wire(project.current_training) if project.current_training else None,
        "left_out": {BLIND: list(blind.values_list("name", flat=True))},
        "suggested_box": project_box(project),
    }
    paths, seen = export_paths_of(project), set(not_blind(project).filter(reviewed(None)).values_list("pk", flat=True))
    exported = not_blind(project).select_related("ctf")
    going = Outgoing(project, wire.ExportOptions("csv"), exported, SourcePicks(project, {}), {})
    held = going.held()  # in the same order
    coming = next(held, None)
    for row, marks in _with_marks(by_name(project.micrographs.filter(blind=False).select_related("ctf"))):
        row.project = project
        now = coming if coming and coming[0] == row.pk else None
        picks = Coordinates.of(now[1].picks) if now else None
        whence = now[2] if now else None
        coming = next(held, None) if now else coming
        counted["micrographs"] += 1
        counted["excluded"] += row.excluded
        counted["picks"] += 0 if picks is None else len(picks)
        for kind in ("labels", "regions", "verdicts"):
            counted[kind] += len(marks[kind]["id"])
        yield {
            **_about(row, paths.get(row.pk, "")),
            "reviewed": row.pk in seen,
            "thresholds": [whence.particle_threshold, whence.contamination_threshold] if whence else None,
            "training": whence.training if whence else None,
            "picks": None if picks is None or whence is None else frozen_picks(picks, whence.moved),
            **marks,
        }


def counts_wire(counted: Counter[str]) -> SnapshotCountsWire:
    return {
        "micrographs": counted["micrographs"],
        "excluded": counted["excluded"],
        "picks": counted["picks"],
        "labels": counted["labels"],
        "regions": counted["regions"],
        "verdicts": counted["verdicts"],
    }


def _with_marks(rows: Sequence[Micrograph]) -> Iterator[tuple[Micrograph, wire.MarkColumns]]:
    """Each micrograph with its marks, which are read for many at once: everyone may be waiting meanwhile."""
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        every: Any = marks_of(Q(micrograph__in=some), None)
        apart: defaultdict[tuple[str, int], list[tuple[Any, ...]]] = defaultdict(list)
        for kind, (_, columns) in wire.COLUMNS.items():
            mine = zip(*(every[kind][name] for name in columns.names), strict=True)
            for micrograph, mark in zip(every[kind]["micrograph"], mine, strict=True):
                apart[kind, micrograph].append(mark)
        for row in some:
            marks = {kind: columns.of(apart[kind, row.pk]) for kind, (_, columns) in wire.COLUMNS.items()}
            yield row, cast(wire.MarkColumns, marks)


def _about(row: Micrograph, path: str) -> dict[str, Any]:
    ctf = wire.ctf_wire(row.ctf) if hasattr(row, "ctf") else None
    return {
        "id": row.pk,
        "name": row.name,
        "file_name": path or row.file_name,
        "listed_as": row.listed_as,
        "cryosparc_uid": int(row.cryosparc_uid) if row.cryosparc_uid else None,
        "width": row.width,
        "height": row.height,
        "pixel_size": row.pixel_size,
        "excluded": row.excluded,
        "flagged": row.flagged,
        "note": row.note,
        "ctf": ctf,
    }
