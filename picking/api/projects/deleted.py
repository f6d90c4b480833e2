"""What was deleted: see it, restore it, remove it for good."""

from typing import Any, TypedDict

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import wire
from picking.access import deleted_project_for, only_project, person, project_for
from picking.actions.micrographs import deleted_micrographs as micrographs
from picking.actions.projects import deleted_projects as projects
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.http.fields import Id
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.models import Right
from picking.queries.micrographs.micrographs import some_micrograph_wires
from picking.queries.projects.deleted import (
    deleted_micrograph_wire,
    deleted_micrographs,
    deleted_project_wire,
    deleted_projects,
)

MOST = 10_000
LAST_FIRST = ("-deleted_at", "-pk")


class SomeMicrographs(serializers.Serializer[Any]):
    micrographs = serializers.ListField(child=Id(), min_length=1, max_length=MOST)


class RestoredMicrographs(TypedDict):
    """As they are now."""

    micrographs: list[wire.MicrographWire]


class DeletedPage(Page):
    results: list[wire.DeletedWire]


@extend_schema(request=SomeMicrographs, responses={204: None})
@api_view(["POST"])
def delete_micrographs(request: Request, project_id: int) -> Response:
    """Deletes several micrographs. They can be restored for 30 days."""
    project_for(request, project_id, Right.MANAGE)
    micrographs.delete_micrographs(project_id, person(request), _asked(request))
    return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(request=SomeMicrographs, responses=RestoredMicrographs)
@api_view(["POST"])
def restore_micrographs(request: Request, project_id: int) -> Response:
    """Takes deleted micrographs back, with their marks and picks. One whose name is taken gets another."""
    project = project_for(request, project_id, Right.MANAGE)
    back = micrographs.restore_micrographs(project_id, person(request), _asked(request))
    return Response(RestoredMicrographs(micrographs=some_micrograph_wires(project, back)))


@extend_schema(
    operation_id="projects_deleted_list", parameters=[KNOWN, *PARAMETERS], responses={200: DeletedPage, **UNCHANGED}
)
@api_view(["GET"])
def of_project(request: Request, project_id: int) -> HttpResponseBase:
    """The micrographs of a project that were deleted in the last 30 days, the last one first."""
    rows = deleted_micrographs(project_for(request, project_id, Right.MANAGE))
    shown = page_of(request, rows, lambda page: [*map(deleted_micrograph_wire, page)], LAST_FIRST)
    return unless_same(request, shown.data)


@extend_schema(responses={204: None})
@api_view(["DELETE"])
def micrograph_for_good(request: Request, project_id: int, deleted_id: int) -> Response:
    """Removes a deleted micrograph and its files now. This cannot be undone."""
    project = project_for(request, project_id, Right.OWN)
    get_object_or_404(deleted_micrographs(project), pk=deleted_id)
    micrographs.remove_for_good(project_id, deleted_id)
    return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(
    operation_id="deleted_projects_list", parameters=[KNOWN, *PARAMETERS], responses={200: DeletedPage, **UNCHANGED}
)
@api_view(["GET"])
def all_projects(request: Request) -> HttpResponseBase:
    """The projects that their owner, who asks, can restore, the one deleted last first."""
    rows = deleted_projects(person(request), only_project(request))
    shown = page_of(request, rows, lambda page: [*map(deleted_project_wire, page)], LAST_FIRST)
    return unless_same(request, shown.data)


class DeletedProject(APIView):
    """One deleted project."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, deleted_project_id: int) -> Response:
        """Removes it and its files now. This cannot be undone."""
        projects.remove_project_for_good(deleted_project_for(request, deleted_project_id).pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(request=None, responses=wire.ProjectWire)
@api_view(["POST"])
def restore_project(request: Request, deleted_project_id: int) -> Response:
    """Takes it back as it was."""
    project = deleted_project_for(request, deleted_project_id)
    return Response(wire.project_wire(projects.restore_project(project.pk, person(request))))


def _asked(request: Request) -> list[int]:
    asked = SomeMicrographs(data=request.data)
    asked.is_valid(raise_exception=True)
    ids: list[int] = asked.validated_data["micrographs"]
    return ids
