"""Folders of this server whose micrographs may be used in place."""

from typing import Any, TypedDict

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import person, project_for
from picking.actions.imports import import_in_place
from picking.folders import allowed_folder, look_in
from picking.models import Right
from picking.refusals import Refused
from picking.science.file_names import unfit_character
from picking.science.name_order import name_order
from picking.wire import LeftOutWire, left_out_wire


class FolderImport(serializers.Serializer[Any]):
    """`subfolders`: whether the folders in it count too."""

    path = serializers.CharField(max_length=4000, trim_whitespace=False)
    subfolders = serializers.BooleanField(default=False)


class FolderName(TypedDict):
    """A folder, by the name that people see and by where it lies."""

    name: str
    path: str


class Folder(TypedDict):
    """What lies in a folder. `parent`: "" for the list of allowed roots, which has none itself.

    `micrographs`, `left_out`: what an import would bring, and what it would not.
    """

    path: str
    parent: str | None
    folders: list[FolderName]
    micrographs: int
    left_out: list[LeftOutWire]


class FolderImported(TypedDict):
    """`jobs`: imports that are queued. `skipped`: in the project already."""

    jobs: int
    skipped: list[str]
    left_out: list[LeftOutWire]


@extend_schema(parameters=[OpenApiParameter("path"), OpenApiParameter("subfolders", enum=["0", "1"])], responses=Folder)
@api_view(["GET"])
def browse(request: Request) -> Response:
    """The folders inside `path`, and what an import of it would bring and leave out; without one, the allowed roots.

    `subfolders=1`: an import that looks into the folders in it too.
    """
    path = request.query_params.get("path", "")
    if not path:
        roots = [FolderName(name=str(root), path=str(root)) for root in settings.CRYOWEB_DATA_ROOTS]
        return Response(Folder(path="", parent=None, folders=roots, micrographs=0, left_out=[]))
    folder = allowed_folder(path)
    found = look_in(folder, request.query_params.get("subfolders") == "1")
    inside = [entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith(".")]
    shown: Folder = {
        "path": str(folder),
        "parent": "" if folder in settings.CRYOWEB_DATA_ROOTS else str(folder.parent),
        "folders": [
            {"name": entry.name, "path": str(entry)}
            for entry in sorted(inside, key=lambda entry: name_order(entry.name))
            if not unfit_character(entry.name)
        ],
        "micrographs": len(found.micrographs),
        "left_out": left_out_wire(found.left_out),
    }
    return Response(shown)


@extend_schema(request=FolderImport, responses=FolderImported)
@api_view(["POST"])
def import_folder(request: Request, project_id: int) -> Response:
    """Queues the import of every micrograph in a folder. Answers what was there already, and what is left out."""
    project_for(request, project_id, Right.ANNOTATE)
    asked = FolderImport(data=request.data)
    asked.is_valid(raise_exception=True)
    path = asked.validated_data["path"]
    found = look_in(allowed_folder(path), asked.validated_data["subfolders"])
    if not found.micrographs:
        raise Refused(f"There are no micrographs in {path}.")
    jobs, skipped = import_in_place(project_id, person(request), found.micrographs)
    return Response(FolderImported(jobs=len(jobs), skipped=skipped, left_out=left_out_wire(found.left_out)))
