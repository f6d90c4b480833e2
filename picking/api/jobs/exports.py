"""Exports: picks as one file in the format that the next program wants."""

from typing import Any, TypedDict

from django.http import Http404, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, renderer_classes
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import storage, wire
from picking.access import export_for, micrograph_for, person, project_for, require_own
from picking.actions.jobs.exports import remove_export, start_export
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.http.fields import LARGEST, Id
from picking.api.http.filters import ExportFilters, filtered, parameters
from picking.api.http.idempotency import KEY, idempotent
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.api.http.ranged import file_answer
from picking.api.http.renderers import ZipRenderer
from picking.api.http.throttling import Exports
from picking.finite_float import FiniteFloat
from picking.problems import Problem
from picking.queries.exports.export import EXPORTS
from picking.queries.exports.extraction import project_box
from picking.refusals import Refused
from picking.science.extract.settings import STACKS
from picking.science.formats import FORMATS
from picking.science.formats.places import read_places
from picking.wire.export import ConventionsWire


class NewExport(serializers.Serializer[Any]):
    """As ExportOptions."""

    format = serializers.ChoiceField(list(EXPORTS))
    micrograph = Id(required=False, allow_null=True)
    sources = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=LARGEST), required=False, max_length=100
    )
    least_score = FiniteFloat(required=False, allow_null=True)
    reviewed_only = serializers.BooleanField(required=False)
    folder = serializers.CharField(required=False, allow_blank=True, max_length=500)
    flip_y = serializers.BooleanField(required=False)
    scale = FiniteFloat(required=False, min_value=0.01, max_value=100)
    box_px = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=100_000)
    remove_prefix = serializers.CharField(required=False, allow_blank=True, max_length=200, trim_whitespace=False)
    remove_suffix = serializers.CharField(required=False, allow_blank=True, max_length=200, trim_whitespace=False)
    add_prefix = serializers.CharField(required=False, allow_blank=True, max_length=100, trim_whitespace=False)
    add_suffix = serializers.CharField(required=False, allow_blank=True, max_length=100, trim_whitespace=False)
    extension = serializers.CharField(required=False, allow_blank=True, max_length=20)
    binned_box = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=100_000)
    invert = serializers.BooleanField(required=False)
    normalise = serializers.BooleanField(required=False)
    half_precision = serializers.BooleanField(required=False)
    snapshot = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**31 - 1)
    provenance = serializers.BooleanField(required=False)


class ExportedPoints(TypedDict):
    """Places in full-resolution pixels of the micrograph, as they were read back from the file.

    `box`: along a box in the same pixels, where the format has boxes.
    """

    points: list[tuple[float, float]]
    box: float | None


class SuggestedBox(TypedDict):
    """`box_px`: null where no micrograph is included whose pixel size is known."""

    box_px: int | None


class ExportPage(Page):
    results: list[wire.ExportWire]


class ExportList(APIView):
    """The exports of a project that are kept, the newest first."""

    throttle_classes = [Exports]

    @extend_schema(
        operation_id="projects_exports_list",
        parameters=[KNOWN, *PARAMETERS, *parameters(ExportFilters)],
        responses={200: ExportPage, **UNCHANGED},
    )
    def get(self, request: Request, project_id: int) -> HttpResponseBase:
        kept = project_for(request, project_id).exports.select_related("job").defer("manifest")
        rows = filtered(request, ExportFilters, kept)
        return unless_same(request, page_of(request, rows, lambda page: [*map(wire.export_wire, page)], ("-pk",)).data)

    @extend_schema(parameters=[KEY], request=NewExport, responses={201: wire.ExportWire})
    @idempotent
    def post(self, request: Request, project_id: int) -> Response:
        """Starts a job that writes the file, reads it back and compares it with what was meant."""
        project_for(request, project_id)
        asked = NewExport(data=request.data)
        asked.is_valid(raise_exception=True)
        options = wire.ExportOptions(**asked.validated_data)
        if options.micrograph and micrograph_for(request, options.micrograph).project_id != project_id:
            raise Http404
        export = start_export(project_id, person(request), options)
        return Response(wire.export_wire(export), status=status.HTTP_201_CREATED)


@extend_schema(responses=SuggestedBox)
@api_view(["GET"])
def box(request: Request, project_id: int) -> Response:
    """The box of particle stacks for which none is asked."""
    answer: SuggestedBox = {"box_px": project_box(project_for(request, project_id))}
    return Response(answer)


class ExportDetail(APIView):
    """One export."""

    @extend_schema(parameters=[KNOWN], responses={200: wire.ExportDetailWire, **UNCHANGED})
    def get(self, request: Request, export_id: int) -> HttpResponseBase:
        """With its manifest."""
        return unless_same(request, wire.export_detail_wire(export_for(request, export_id)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, export_id: int) -> Response:
        """People delete what they asked for themselves, managers all."""
        export = export_for(request, export_id)
        require_own(request, export.project_id, export.created_by_id)
        remove_export(export, person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(
    responses={
        (200, "application/zip"): OpenApiTypes.BINARY,
        (206, "application/zip"): OpenApiTypes.BINARY,
        (416, "application/problem+json"): Problem,
        **UNCHANGED,
    }
)
@api_view(["GET"])
@renderer_classes([ZipRenderer, JSONRenderer])
def file(request: Request, export_id: int) -> HttpResponseBase:
    """The zip. A part of it where the header Range asks for one; its SHA-256 is its ETag."""
    export = export_for(request, export_id)
    if export.size is None:
        raise Refused("This export is not finished yet. Its file is there once its job has finished.")
    try:
        return file_answer(request, storage.export_path(export), export.sha256, export.file_name, "application/zip")
    except FileNotFoundError as gone:
        raise Refused("The file of this export no longer exists. Export again.") from gone


@extend_schema(parameters=[OpenApiParameter("micrograph", int, required=True)], responses=ExportedPoints)
@api_view(["GET"])
def points(request: Request, export_id: int) -> Response:
    """The picks on one micrograph, as they were read back from the finished file."""
    export = export_for(request, export_id)
    wanted = request.query_params.get("micrograph", "")
    if not wanted.isdecimal():
        raise Refused("Say which micrograph, by its id.")
    micrograph = micrograph_for(request, int(wanted))
    if micrograph.project_id != export.project_id:
        raise Http404
    if export.size is None:
        raise Refused("This export is not finished yet. It can be looked at once its job has finished.")
    try:
        places = read_places(storage.places_path(storage.export_path(export)), micrograph.pk)
    except OSError as gone:
        raise Refused("The file of this export no longer exists. Export again.") from gone
    conventions: ConventionsWire = (export.manifest or {})["conventions"]
    has_boxes = export.format == STACKS or FORMATS[export.format].boxes
    box = conventions["box"] * conventions["scale"] if has_boxes and conventions["box"] else None
    return Response({"points": places.round(3).tolist(), "box": box})
