"""Coordinates of other programs: bring files, choose how they are read, store them as labels or as a source."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from scipy.spatial import cKDTree

from picking import storage
from picking.actions.locked_project import locked_project, require_open
from picking.actions.marks.marks import put_labels
from picking.actions.marks.operations import PutLabel
from picking.actions.marks.sources import NewSource, make_source
from picking.models import CoordinateImport, Label, Project, Source, User
from picking.models.coordinate_import import LASTS
from picking.queries.exports.coordinate_imports import Draft
from picking.queries.micrographs.visible import visible
from picking.refusals import Refused
from picking.science.formats import FORMATS
from picking.science.incoming.doubled import NEAR
from picking.science.picks import Points, as_points
from picking.version import program

MOST_BYTES = 256 * 1024**2
"""Of all files of an import: some five million picks as text."""
MOST_FILES = 50_000
MOST_LABELS = 20_000
"""Stored at once. Labels are what people say: each is an event, and every browser holds them all."""


@dataclass(frozen=True)
class ImportChange:
    """How files are to be read; fields that are None stay. A rule, placing or format of "likeliest" is taken back."""

    format: str | None = None
    rule: dict[str, str] | str | None = None
    placing: dict[str, Any] | str | None = None
    merge_doubled: bool | None = None


@dataclass(frozen=True)
class StoredLabels:
    """`already`: places at which there was a label of the kind, which got no other."""

    labels: list[PutLabel]
    already: int


def start_coordinate_import(project_id: int, user: User) -> CoordinateImport:
    """A draft without files."""
    with locked_project(project_id) as project:
        require_open(project)
        return CoordinateImport.objects.create(project=project, user=user)


@transaction.atomic
def add_coordinate_files(row: CoordinateImport, files: Sequence[tuple[str, Iterable[bytes]]]) -> CoordinateImport:
    """Adds files, each as its path and its pieces. Raises Refused for more than fits."""
    row = CoordinateImport.objects.select_for_update().get(pk=row.pk)
    folder = storage.coordinates_folder(row.pk)
    folder.mkdir(parents=True, exist_ok=True)
    total = sum(size for _, size in row.files)
    for path, pieces in files:
        if len(row.files) >= MOST_FILES:
            raise Refused(f"At most {MOST_FILES:,} files are imported at once. Import the others after these.")
        size = 0
        with (folder / str(len(row.files))).open("wb") as file:
            for piece in pieces:
                size += len(piece)
                if total + size > MOST_BYTES:
                    raise Refused(
                        f"These files are larger than {MOST_BYTES // 1024**2} MiB together. Import some at a time, or "
                        "have an administrator import them with manage.py import_coordinates."
                    )
                file.write(piece)
        total += size
        row.files = [*row.files, [path, size]]
    row.save(update_fields=["files"])
    return row


def change_coordinate_import(row: CoordinateImport, wanted: ImportChange) -> CoordinateImport:
    """Changes how the files are read."""
    if wanted.format is not None:
        row.format = "" if wanted.format == "likeliest" else wanted.format
    for name in ("rule", "placing"):
        value = getattr(wanted, name)
        if value is not None:
            setattr(row, name, None if value == "likeliest" else value)
    if wanted.merge_doubled is not None:
        row.merge_doubled = wanted.merge_doubled
    row.save(update_fields=["format", "rule", "placing", "merge_doubled"])
    return row


def discard_coordinate_import(row: CoordinateImport) -> None:
    """Forgets a draft and its files."""
    folder = storage.coordinates_folder(row.pk)
    row.delete()
    transaction.on_commit(partial(shutil.rmtree, folder, ignore_errors=True))


def clear_old_coordinate_imports() -> int:
    """Forgets the drafts that nobody stored within a day, and returns how many."""
    old = CoordinateImport.objects.filter(created_at__lt=timezone.now() - LASTS)
    for row in (rows := list(old)):
        discard_coordinate_import(row)
    return len(rows)


def store_as_source(draft: Draft, actor: User | None, name: str) -> Source:
    """Makes a source of what the files hold for the project's micrographs. The draft is gone then."""
    with locked_project(draft.row.project_id) as project:
        new = NewSource(Source.Kind.IMPORTED, name, draft.picks(), draft.scored, _how(draft))
        source = make_source(project, actor, new)
        _forget(draft.row)
    return source


def store_as_labels(draft: Draft, actor: User | None, kind: str) -> StoredLabels:
    """Labels what the files hold, as if the person had clicked there. The draft is gone then.

    Where a label of the kind lies within a tenth of a diameter, none is added. Raises Refused for too many.
    """
    with locked_project(draft.row.project_id) as project:
        require_open(project)
        labels, already = _new_labels(project, actor, draft, kind)
        if len(labels) > MOST_LABELS:
            raise Refused(
                f"{len(labels):,} labels are too many: at most {MOST_LABELS:,} are stored at once. Store them as a "
                "source of picks, which may teach the networks as well."
            )
        if not labels and not already:
            raise Refused("There are no coordinates on the micrographs of this project.")
        put_labels(project, actor, labels)
        _forget(draft.row)
    return StoredLabels(labels, already)


def _forget(row: CoordinateImport) -> None:
    if not row._state.adding:  # the command line keeps no draft
        discard_coordinate_import(row)


def _new_labels(project: Project, actor: User | None, draft: Draft, kind: str) -> tuple[list[PutLabel], int]:
    every = draft.coordinates()
    there: dict[int, list[tuple[float, float]]] = {}
    seen = visible(Label, actor.pk if actor else None)
    for label in seen.filter(micrograph__project=project, kind=kind, micrograph__in=every):
        there.setdefault(label.micrograph_id, []).append((label.x, label.y))
    near = {draft.ids[each.name]: each.near for each in draft.incoming.micrographs}
    labels, already = [], 0
    for micrograph, coordinates in every.items():
        fresh = _apart(coordinates.xy, as_points(there.get(micrograph, [])), near[micrograph])
        already += len(coordinates) - len(fresh)
        labels += [PutLabel(uuid4(), uuid4(), micrograph, kind, x, y) for x, y in fresh.tolist()]
    return labels, already


def _apart(places: Points, others: Points, near: float) -> Points:
    if not len(others) or not len(places):
        return places
    return places[cKDTree(others).query(places)[0] >= near]


def _how(draft: Draft) -> dict[str, Any]:
    """As people may read it later."""
    row, incoming = draft.row, draft.incoming
    return {
        "files": [path for path, _ in row.files[:100]],
        "files_count": len(row.files),
        "format": FORMATS[draft.key].title,
        "name_rule": str(incoming.rule),
        "scale": incoming.placing.scale,
        "unit": incoming.placing.unit,
        "flip_y": incoming.placing.flip_y,
        "doubled_merged_nearer_than_diameters": NEAR if row.merge_doubled else None,
        "names_matched": len(incoming.names.micrographs),
        "names_unmatched": len(incoming.names.unmatched) + len(incoming.names.ambiguous),
        "picks": sum(len(each) for each in draft.coordinates().values()),
        "outside": incoming.outside,
        "program": program(),
    }
