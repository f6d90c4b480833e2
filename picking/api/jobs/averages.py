"""Class averages of a project's picks."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, renderer_classes, throttle_classes
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import wire
from picking.access import person, project_for, require_own
from picking.actions.jobs.averages import WantedPicks, delete_averages, start_averages
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.http.fields import Id
from picking.api.http.idempotency import KEY, idempotent
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.api.http.renderers import PngRenderer, ZipRenderer
from picking.api.http.throttling import Bulk
from picking.finite_float import FiniteFloat
from picking.models import Averages, Right
from picking.queries.jobs.averages import averages_of, beside, class_members, files_of, picture_of
from picking.zipping import streamed_zip

MOST_CLASSES, MOST_MICROGRAPHS = 100, 10_000


class NewAverages(serializers.Serializer[Any]):
    """Which of the picks that count are sorted, and into how many classes."""

    micrographs = serializers.ListField(
        child=Id(), required=False, allow_null=True, min_length=1, max_length=MOST_MICROGRAPHS
    )
    least_particle = FiniteFloat(required=False, allow_null=True)
    most_contamination = FiniteFloat(required=False, allow_null=True)
    classes = serializers.IntegerField(required=False, allow_null=True, min_value=2, max_value=MOST_CLASSES)


class AveragesPage(Page):
    results: list[wire.AveragesWire]


class AveragesList(APIView):
    """The averages of a project."""

    @extend_schema(
        operation_id="projects_averages_list",
        parameters=[KNOWN, *PARAMETERS],
        responses={200: AveragesPage, **UNCHANGED},
    )
    def get(self, request: Request, project_id: int) -> HttpResponseBase:
        """The newest first."""
        rows = averages_of(project_for(request, project_id))
        return unless_same(
            request, page_of(request, rows, lambda page: [*map(wire.averages_wire, page)], ("-number",)).data
        )

    @extend_schema(parameters=[KEY], request=NewAverages, responses={201: wire.AveragesWire})
    @idempotent
    def post(self, request: Request, project_id: int) -> Response:
        """Starts a job that sorts picks into classes. It can be followed, and cancelled, as other jobs."""
        project_for(request, project_id, Right.ANNOTATE)
        asked = NewAverages(data=request.data)
        asked.is_valid(raise_exception=True)
        row = start_averages(project_id, person(request), WantedPicks(**asked.validated_data))
        return Response(wire.averages_wire(row), status=status.HTTP_201_CREATED)


class AveragesDetail(APIView):
    """One set of averages."""

    @extend_schema(parameters=[KNOWN], responses={200: wire.AveragesWire, **UNCHANGED})
    def get(self, request: Request, project_id: int, averages_number: int) -> HttpResponseBase:
        return unless_same(request, wire.averages_wire(_found(request, project_id, averages_number)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, project_id: int, averages_number: int) -> Response:
        """People delete what they asked for themselves, managers all. Verdicts that were given with them stay."""
        row = _found(request, project_id, averages_number, Right.ANNOTATE)
        require_own(request, project_id, row.created_by_id)
        delete_averages(row, person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(
    parameters=[OpenApiParameter("round", int, description="of the averages: the answer is then kept for ever")],
    responses={(200, "image/png"): OpenApiTypes.BINARY},
)
@api_view(["GET"])
@renderer_classes([PngRenderer, JSONRenderer])
def picture(request: Request, project_id: int, averages_number: int) -> HttpResponse:
    """All averages in rows, the largest class first, each with a contrast of its own."""
    row = _found(request, project_id, averages_number)
    answer = HttpResponse(picture_of(row), content_type="image/png")
    same = request.query_params.get("round") == str(row.round)
    answer["Cache-Control"] = "private, max-age=31536000, immutable" if same else "private, no-cache"
    return answer


@extend_schema(parameters=[KNOWN], responses={200: wire.AverageMembersWire, **UNCHANGED})
@api_view(["GET"])
@throttle_classes([Bulk])
def members(request: Request, project_id: int, averages_number: int, class_number: int) -> HttpResponseBase:
    """The picks in a class, the best fit first; on micrographs that are in the project now."""
    row = _found(request, project_id, averages_number)
    if row.classes is not None and not 1 <= class_number <= len(row.classes):
        raise NotFound
    return unless_same(request, class_members(row, class_number))


@extend_schema(parameters=[KNOWN], responses={200: wire.BesideWire, **UNCHANGED})
@api_view(["GET"])
def compare(request: Request, project_id: int, averages_number: int, other_number: int) -> HttpResponseBase:
    """For each class the one of other averages that holds most of the same picks."""
    row, other = (_found(request, project_id, number) for number in (averages_number, other_number))
    return unless_same(request, beside(row, other))


@extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
@api_view(["GET"])
@renderer_classes([ZipRenderer, JSONRenderer])
def download(request: Request, project_id: int, averages_number: int) -> HttpResponse:
    """`run_classes.mrcs` and `run_classes.star` as RELION's 2D classification leaves them, and the picture."""
    row = _found(request, project_id, averages_number)
    answer = HttpResponse(b"".join(streamed_zip(files_of(row))), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="averages-{row.number}.zip"'
    return answer


def _found(request: Request, project_id: int, number: int, right: Right = Right.VIEW) -> Averages:
    return get_object_or_404(averages_of(project_for(request, project_id, right)), number=number)
