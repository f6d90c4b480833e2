"""Folders of this server, lists and patterns whose micrographs may be used in place."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, TypedDict

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, throttle_classes
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import person, project_for, require_may_manage
from picking.actions.micrographs.imports import import_in_place
from picking.api.http.idempotency import KEY, idempotent
from picking.api.http.throttling import Imports
from picking.data_roots import leads_out, roots_of
from picking.models import Project, Right
from picking.places import Place, leave_out_other_kinds, look_at
from picking.refusals import Refused
from picking.science.file_names import unfit_character
from picking.science.lists import EXTENSIONS
from picking.science.name_order import name_order
from picking.wire import LeftOutWire, left_out_wire

MOST_LISTS = 100
"""Shown of a folder: jobs of RELION and cryoSPARC have a few."""


class FolderImport(serializers.Serializer[Any]):
    """`path`: of a folder, of a list of micrographs (STAR, `.cs`), or a pattern such as `/data/g?/*_DW.mrc`.

    `subfolders`: whether the folders in a folder count too.
    """

    path = serializers.CharField(max_length=4000, trim_whitespace=False)
    subfolders = serializers.BooleanField(default=False)


class FolderName(TypedDict):
    """A folder, by the name that people see and by where it lies."""

    name: str
    path: str


class Folder(TypedDict):
    """What lies in a folder, what a list names, or what matches a pattern.

    `parent`: "" for the list of allowed roots, which has none itself. `lists`: files in a folder that may list
    micrographs. `micrographs`, `left_out`: what an import would bring, and what it would not; `notes`: what more there
    is to know of it.
    """

    path: str
    kind: Literal["folder", "list", "pattern"]
    parent: str | None
    folders: list[FolderName]
    lists: list[FolderName]
    micrographs: int
    notes: list[str]
    left_out: list[LeftOutWire]


class FolderImported(TypedDict):
    """`jobs`: imports that are queued. `skipped`: in the project already. `notes`: sentences for people."""

    jobs: int
    skipped: list[str]
    notes: list[str]
    left_out: list[LeftOutWire]


@extend_schema(parameters=[OpenApiParameter("path"), OpenApiParameter("subfolders", enum=["0", "1"])], responses=Folder)
@api_view(["GET"])
def browse(request: Request) -> Response:
    """What is at `path`, and what an import of it would bring and leave out; without one, the roots you may use.

    `subfolders=1`: an import that looks into the folders in a folder too. Movies and other files that look like
    micrographs by their names are told apart by the import itself.
    """
    roots = roots_of(require_may_manage(request))
    path = request.query_params.get("path", "")
    if not path:
        return Response(_at_roots(roots))
    return Response(_shown(path, look_at(path, roots, request.query_params.get("subfolders") == "1"), roots))


@extend_schema(parameters=[KEY], request=FolderImport, responses=FolderImported)
@api_view(["POST"])
@throttle_classes([Imports])
@idempotent
def import_folder(request: Request, project_id: int) -> Response:
    """Queues the import of every micrograph in a folder, of a list, or that matches a pattern.

    Answers what was there already, and what is left out.
    """
    project = project_for(request, project_id, Right.MANAGE)
    asked = FolderImport(data=request.data)
    asked.is_valid(raise_exception=True)
    path, roots = asked.validated_data["path"], roots_of(person(request))
    found = look_at(path, roots, asked.validated_data["subfolders"])
    leave_out_other_kinds(found, roots)
    if not found.micrographs:
        reasons = "".join(f" {len(names)} left out: {reason}" for reason, names in found.left_out.items())
        raise Refused(f"There are no micrographs in {path}.{reasons}")
    jobs, skipped = import_in_place(project_id, person(request), found.micrographs, found.listed, roots)
    answer: FolderImported = {
        "jobs": len(jobs),
        "skipped": skipped,
        "notes": [*found.notes, *_of_pixel_size(project, found)],
        "left_out": left_out_wire(found.left_out),
    }
    return Response(answer)


def _at_roots(roots: Sequence[Path]) -> Folder:
    return {
        "path": "",
        "kind": "folder",
        "parent": None,
        "folders": [FolderName(name=str(root), path=str(root)) for root in roots],
        "lists": [],
        "micrographs": 0,
        "notes": [],
        "left_out": [],
    }


def _shown(path: str, found: Place, roots: Sequence[Path]) -> Folder:
    of_folder = found.kind == "folder"
    above = found.folder.parent if of_folder else Path(path).parent if found.kind == "list" else found.folder
    there = [entry for entry in found.folder.iterdir() if not entry.name.startswith(".")] if of_folder else []
    entries = [entry for entry in there if not leads_out(entry, roots)]
    lists = [entry for entry in entries if entry.suffix.lower() in EXTENSIONS and entry.is_file()]
    return {
        "path": str(found.folder) if of_folder else path,
        "kind": found.kind,
        "parent": "" if of_folder and found.folder in roots else str(above),
        "folders": _names([entry for entry in entries if entry.is_dir()]),
        "lists": _names(lists)[:MOST_LISTS],
        "micrographs": len(found.micrographs),
        "notes": found.notes,
        "left_out": left_out_wire(found.left_out),
    }


def _names(entries: list[Path]) -> list[FolderName]:
    return [
        {"name": entry.name, "path": str(entry)}
        for entry in sorted(entries, key=lambda entry: name_order(entry.name))
        if not unfit_character(entry.name)
    ]


def _of_pixel_size(project: Project, found: Place) -> list[str]:
    """That what a person entered for the project goes before what a list says."""
    typed = project.pixel_size
    others = sorted({row.pixel_size for row in found.listed.values() if row.pixel_size and row.pixel_size != typed})
    if not typed or not others:
        return []
    return [
        f"The pixel size of the project settings ({typed:g} Å) applies instead of the list’s ({others[0]:g} Å). "
        "Clear it in the project settings to use the list’s."
    ]
