"""Folders of this server whose micrographs may be used in place."""

from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import person, project_for
from picking.actions.change import Refused
from picking.actions.imports import import_in_place
from picking.folders import allowed_folder, micrographs_in
from picking.models import Role


class Named(serializers.Serializer[Any]):
    path = serializers.CharField(max_length=4000)


@api_view(["GET"])
def browse(request: Request) -> Response:
    """The folders inside `path`; without one, the allowed roots."""
    asked = request.query_params.get("path", "")
    if not asked:
        roots = [{"name": str(root), "path": str(root)} for root in settings.CRYOWEB_DATA_ROOTS]
        return Response({"path": "", "parent": None, "folders": roots, "micrographs": 0})
    folder = allowed_folder(asked)
    inside = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith("."))
    return Response(
        {
            "path": str(folder),
            "parent": "" if folder in settings.CRYOWEB_DATA_ROOTS else str(folder.parent),
            "folders": [{"name": entry.name, "path": str(entry)} for entry in inside],
            "micrographs": len(micrographs_in(folder)),
        }
    )


@api_view(["POST"])
def import_folder(request: Request, project_id: int) -> Response:
    """Queues the import of every micrograph in a folder."""
    project_for(request, project_id, Role.ANNOTATOR)
    asked = Named(data=request.data)
    asked.is_valid(raise_exception=True)
    files = micrographs_in(allowed_folder(asked.validated_data["path"]))
    if not files:
        raise Refused(f"There are no micrographs in {asked.validated_data['path']}.")
    jobs, skipped = import_in_place(project_id, person(request), files)
    return Response({"jobs": len(jobs), "skipped": skipped})
