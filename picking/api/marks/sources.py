"""Sources: the named sets of picks of a project, those of its trainings among them."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, renderer_classes
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import wire
from picking.access import person, project_for, require_own, source_for
from picking.actions.marks.sources import SourceChange, change_source, remove_source
from picking.api.http.conditional import KNOWN, UNCHANGED, tag_of_project, unless_known
from picking.api.http.fields import PACKED, PACKED_RENDERERS
from picking.api.http.filters import SourceFilters, filtered, parameters
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.finite_float import FiniteFloat
from picking.models import Right, Source
from picking.queries.micrographs.pick_sets import packed_picks


class ChangedSource(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200, required=False)
    threshold = FiniteFloat(required=False)
    teaches = serializers.BooleanField(required=False)


class SourcePage(Page):
    results: list[wire.SourceWire]


@extend_schema(
    operation_id="projects_sources_list",
    parameters=[KNOWN, *PARAMETERS, *parameters(SourceFilters)],
    responses={200: SourcePage, **UNCHANGED},
)
@api_view(["GET"])
def sources(request: Request, project_id: int) -> HttpResponseBase:
    """The sources of a project, the oldest first."""
    project = project_for(request, project_id)

    def answer() -> Response:
        rows = filtered(request, SourceFilters, project.sources.all())
        return page_of(request, rows, lambda page: [wire.source_wire(source) for source in page])

    return unless_known(request, tag_of_project(request, project), answer)


class SourceDetail(APIView):
    """One source that is not a training's: change it, or remove it with its picks."""

    @extend_schema(request=ChangedSource, responses=wire.SourceWire)
    def patch(self, request: Request, project_id: int, source_id: int) -> Response:
        """Annotators change what they brought themselves, managers what anyone did."""
        source = _own(request, project_id, source_id)
        asked = ChangedSource(data=request.data)
        asked.is_valid(raise_exception=True)
        changed = change_source(source, person(request), SourceChange(**asked.validated_data))
        return Response(wire.source_wire(changed))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, project_id: int, source_id: int) -> Response:
        """As for a change."""
        remove_source(_own(request, project_id, source_id), person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(responses=PACKED)
@api_view(["GET"])
@renderer_classes(PACKED_RENDERERS)
def picks(request: Request, project_id: int, source_id: int) -> HttpResponse:
    """Its picks on every micrograph, packed."""
    source = source_for(request, project_id, source_id)
    return HttpResponse(b"".join(packed_picks(source.pick_sets.all())), content_type="application/octet-stream")


def _own(request: Request, project_id: int, source_id: int) -> Source:
    source = source_for(request, project_id, source_id, Right.ANNOTATE)
    require_own(request, project_id, source.created_by_id)
    return source
