"""Projects: list, create, change; and all that a browser needs to open one."""

from collections.abc import Sequence
from typing import Any, TypedDict

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, renderer_classes
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import wire
from picking.access import only_project, person, project_for, require_may_create
from picking.actions.micrographs.quota import use_of
from picking.actions.projects.deleted_projects import delete_project
from picking.actions.projects.projects import ProjectChange, change_project, create_project
from picking.api.http.conditional import (
    KNOWN,
    MATCH,
    UNCHANGED,
    require_match,
    tag_of,
    tag_of_project,
    unless_known,
    unless_same,
)
from picking.api.http.fields import PACKED, PACKED_RENDERERS, Id
from picking.api.http.filters import ProjectFilters, filtered, parameters
from picking.api.http.idempotency import KEY, idempotent
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.api.limits import SERVER_LIMITS
from picking.finite_float import FiniteFloat
from picking.models import Project, Right
from picking.queries.micrographs.pick_sets import latest_pick_sets, packed_picks, spread
from picking.queries.picks.agreement import agreement_with_reference
from picking.queries.projects.project_list import listed_projects, project_list
from picking.queries.projects.snapshot import snapshot_of
from picking.tiles.tokens import tile_base


class NewProject(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    particle_diameter = FiniteFloat(min_value=20, max_value=5000, required=False, allow_null=True)
    pixel_size = FiniteFloat(min_value=0.05, max_value=50, required=False, allow_null=True)


class ChangedProject(NewProject):
    name = serializers.CharField(max_length=200, required=False)
    particle_threshold = FiniteFloat(min_value=0, max_value=1, required=False)
    contamination_threshold = FiniteFloat(min_value=0, max_value=1, required=False)
    first_guess = serializers.BooleanField(required=False)
    keep_training = serializers.BooleanField(required=False)
    minimum_distance = FiniteFloat(min_value=0, max_value=5, required=False)
    border_margin = FiniteFloat(min_value=0, max_value=5, required=False)
    archived = serializers.BooleanField(required=False)


class ProjectPage(Page):
    results: list[wire.ListedProjectWire]


class ProjectList(APIView):
    """The projects of the person who asks."""

    @extend_schema(
        operation_id="projects_list",
        parameters=[KNOWN, *PARAMETERS, *parameters(ProjectFilters)],
        responses={200: ProjectPage, **UNCHANGED},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The ones changed last first."""
        user = person(request)
        rows = filtered(request, ProjectFilters, listed_projects(user, only_project(request)))

        def shown(page: Sequence[Project]) -> list[wire.ListedProjectWire]:
            return [_shown(project, user.pk) for project in project_list(user, page)]

        return unless_same(request, page_of(request, rows, shown, ("-updated_at", "-pk")).data)

    @extend_schema(parameters=[KEY], request=NewProject, responses={201: wire.ProjectWire})
    @idempotent
    def post(self, request: Request) -> Response:
        """Makes a project whose owner is the person who asks."""
        user = require_may_create(request)
        asked = NewProject(data=request.data)
        asked.is_valid(raise_exception=True)
        project = create_project(user, **asked.validated_data)
        return Response(wire.project_wire(project), status=status.HTTP_201_CREATED)


class ProjectDetail(APIView):
    """One project. Managers change it; owners archive and delete it."""

    @extend_schema(parameters=[KNOWN], responses={200: wire.ProjectWire, **UNCHANGED})
    def get(self, request: Request, project_id: int) -> HttpResponseBase:
        shown = wire.project_wire(project_for(request, project_id))
        return unless_known(request, tag_of(shown), lambda: Response(shown))

    @extend_schema(parameters=[MATCH], request=ChangedProject, responses=wire.ProjectWire)
    def patch(self, request: Request, project_id: int) -> Response:
        project_for(request, project_id, Right.MANAGE)
        asked = ChangedProject(data=request.data)
        asked.is_valid(raise_exception=True)
        if "archived" in asked.validated_data:
            project_for(request, project_id, Right.OWN)
        wanted = dict(asked.validated_data)
        if "pixel_size" in wanted and wanted["pixel_size"] is None:
            wanted["pixel_size"] = "header"
        if "particle_diameter" in wanted and wanted["particle_diameter"] is None:
            wanted["particle_diameter"] = "suggested"

        def check(project: Project) -> None:
            require_match(request, tag_of(wire.project_wire(project)))

        shown = wire.project_wire(change_project(project_id, person(request), ProjectChange(**wanted), check))
        return Response(shown, headers={"ETag": tag_of(shown)})

    @extend_schema(responses={204: None})
    def delete(self, request: Request, project_id: int) -> Response:
        """Its owners can restore it for 30 days."""
        project_for(request, project_id, Right.OWN)
        delete_project(project_id, person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(parameters=[KNOWN], responses={200: wire.SnapshotWire, **UNCHANGED})
@api_view(["GET"])
def snapshot(request: Request, project_id: int) -> HttpResponseBase:
    """The whole project at one sequence number, and where its tiles are."""
    user = person(request)
    project_for(request, project_id)
    whole: wire.SnapshotWire = {
        **snapshot_of(project_id, user),
        "tiles": tile_base(project_id, user.pk),
        "limits": SERVER_LIMITS,
    }
    return unless_same(request, whole)


class ProjectUse(TypedDict):
    """What a project has, with what is on its way, and what it may have; null: no limit. `bytes`: of files here."""

    bytes: int
    micrographs: int
    most_bytes: int | None
    most_micrographs: int | None


@extend_schema(responses=ProjectUse)
@api_view(["GET"])
def use(request: Request, project_id: int) -> Response:
    """How much room the project takes on the server, and how much it may."""
    used = use_of(project_for(request, project_id))
    answer: ProjectUse = {
        "bytes": used.size,
        "micrographs": used.micrographs,
        "most_bytes": used.most_size,
        "most_micrographs": used.most_micrographs,
    }
    return Response(answer)


MOST = OpenApiParameter(
    "most", {"type": "integer", "minimum": 1}, description="about so many picks: those of evenly chosen micrographs"
)


@extend_schema(parameters=[KNOWN, MOST], responses={**PACKED, **UNCHANGED})
@api_view(["GET"])
@renderer_classes(PACKED_RENDERERS)
def picks(request: Request, project_id: int) -> HttpResponseBase:
    """The newest picks of every micrograph, packed."""
    project = project_for(request, project_id)
    sets = latest_pick_sets(project)
    if (most := request.query_params.get("most")) is not None:
        sets = spread(sets, Id().run_validation(most))

    def answer() -> HttpResponse:
        return HttpResponse(b"".join(packed_picks(sets)), content_type="application/octet-stream")

    return unless_known(request, tag_of_project(request, project), answer)


@extend_schema(parameters=[KNOWN], responses={200: wire.AgreementWire, **UNCHANGED})
@api_view(["GET"])
def agreement(request: Request, project_id: int) -> HttpResponseBase:
    """How good the final picks are, where the truth is known."""
    project = project_for(request, project_id)
    return unless_known(request, tag_of_project(request, project), lambda: Response(agreement_with_reference(project)))


def _shown(project: wire.ListedProjectWire, user_id: int) -> wire.ListedProjectWire:
    """With the address of a picture in place of the micrograph's key."""
    key = project["cover"]
    return {**project, "cover": key and f"{tile_base(project['id'], user_id)}/{key}/thumb.jpg"}
