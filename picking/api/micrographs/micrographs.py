"""Micrographs: their picks, what people say of one, and taking one out."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, renderer_classes
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import wire
from picking.access import micrograph_for, person, project_for
from picking.actions.micrographs.deleted_micrographs import delete_micrographs
from picking.actions.micrographs.micrographs import MicrographChange, change_micrograph
from picking.api.http.conditional import KNOWN, UNCHANGED, tag_of_project, unless_known, unless_same
from picking.api.http.fields import PACKED, PACKED_RENDERERS, Id
from picking.api.http.filters import MicrographFilters, filtered, parameters
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.api.http.renderers import JpegRenderer
from picking.finite_float import FiniteFloat
from picking.models import Right
from picking.queries.micrographs.micrographs import micrograph_wire, some_micrograph_wires
from picking.queries.micrographs.pick_sets import latest_pick_sets, packed_picks
from picking.refusals import Refused
from picking.tiles.render import NoSuchTile, render_thumbnail

MANAGED = {"particle_threshold", "contamination_threshold", "double"}


class ChangedMicrograph(serializers.Serializer[Any]):
    particle_threshold = FiniteFloat(min_value=0, max_value=1, required=False, allow_null=True)
    contamination_threshold = FiniteFloat(min_value=0, max_value=1, required=False, allow_null=True)
    excluded = serializers.BooleanField(required=False)
    flagged = serializers.BooleanField(required=False)
    double = serializers.BooleanField(required=False)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)


SOURCE = OpenApiParameter("source", {"type": "integer", "minimum": 1}, description="id of a source of picks")
A_SOURCE = Id()


class MicrographPage(Page):
    results: list[wire.MicrographWire]


@extend_schema(
    operation_id="projects_micrographs_list",
    parameters=[KNOWN, *PARAMETERS, *parameters(MicrographFilters)],
    responses={200: MicrographPage, **UNCHANGED},
)
@api_view(["GET"])
def micrographs(request: Request, project_id: int) -> HttpResponseBase:
    """The micrographs of a project, the first imported first."""
    project = project_for(request, project_id)

    def answer() -> Response:
        rows = filtered(request, MicrographFilters, project.micrographs.select_related("ctf", "project", "reference"))
        return page_of(request, rows, lambda page: some_micrograph_wires(project, page))

    return unless_known(request, tag_of_project(request, project), answer)


class MicrographDetail(APIView):
    """One micrograph."""

    @extend_schema(parameters=[KNOWN], responses={200: wire.MicrographWire, **UNCHANGED})
    def get(self, request: Request, micrograph_id: int) -> HttpResponseBase:
        return unless_same(request, micrograph_wire(micrograph_for(request, micrograph_id)))

    @extend_schema(request=ChangedMicrograph, responses=wire.MicrographWire)
    def patch(self, request: Request, micrograph_id: int) -> Response:
        """Annotators flag, exclude and note. Thresholds of its own, and whether two label it, are the managers'."""
        micrograph = micrograph_for(request, micrograph_id, Right.ANNOTATE)
        asked = ChangedMicrograph(data=request.data)
        asked.is_valid(raise_exception=True)
        if MANAGED & asked.validated_data.keys():
            project_for(request, micrograph.project_id, Right.MANAGE)
        wanted: dict[str, Any] = {
            key: "project" if value is None else value for key, value in asked.validated_data.items()
        }
        changed = change_micrograph(micrograph, person(request), MicrographChange(**wanted))
        return Response(micrograph_wire(changed))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, micrograph_id: int) -> Response:
        """It can be restored for 30 days."""
        micrograph = micrograph_for(request, micrograph_id, Right.MANAGE)
        delete_micrographs(micrograph.project_id, person(request), [micrograph.pk])
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(parameters=[SOURCE], responses=PACKED)
@api_view(["GET"])
@renderer_classes(PACKED_RENDERERS)
def picks(request: Request, micrograph_id: int) -> HttpResponse:
    """Its newest picks by the networks, or those of a source, packed as one block."""
    micrograph = micrograph_for(request, micrograph_id)
    if (asked := request.query_params.get("source")) is None:
        sets = latest_pick_sets(micrograph.project).filter(micrograph=micrograph)
    else:
        sets = micrograph.pick_sets.filter(source=A_SOURCE.run_validation(asked))
    return HttpResponse(b"".join(packed_picks(sets)), content_type="application/octet-stream")


@extend_schema(responses={(200, "image/jpeg"): OpenApiTypes.BINARY})
@api_view(["GET"])
@renderer_classes([JpegRenderer, JSONRenderer])
def picture(request: Request, micrograph_id: int) -> HttpResponse:
    """All of it, small. The page takes tiles, whose addresses hold for browsers alone."""
    micrograph = micrograph_for(request, micrograph_id)
    try:
        jpeg = render_thumbnail(micrograph.project_id, str(micrograph.key))
    except NoSuchTile as gone:
        raise Refused(f"The picture of {micrograph.name} no longer exists.") from gone
    return HttpResponse(jpeg, content_type="image/jpeg")
