"""Coordinates of other programs: bring files, see how they match, look at them, store them."""

from typing import Any, TypedDict
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, parser_classes, renderer_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import wire
from picking.access import micrograph_for, person, project_for
from picking.actions.marks import coordinate_imports as imports
from picking.api.http.fields import PACKED, PACKED_RENDERERS
from picking.api.http.idempotency import KEY, idempotent
from picking.finite_float import FiniteFloat
from picking.models import CoordinateImport, Label, Right
from picking.queries.exports.coordinate_imports import read_draft
from picking.queries.micrographs.pick_sets import packed
from picking.refusals import Refused
from picking.science.formats import FORMATS
from picking.science.picks import as_picks

MOST_BYTES = 32 * 1024**2
"""Of the files in one request."""


class CoordinateFiles(serializers.Serializer[Any]):
    """`paths`: of the files, in their order, below what was dropped; their names alone where it is missing."""

    files = serializers.ListField(child=serializers.FileField(allow_empty_file=True), min_length=1, max_length=100)
    paths = serializers.ListField(
        child=serializers.CharField(max_length=1000, trim_whitespace=False), required=False, max_length=100
    )


class ChosenRule(serializers.Serializer[Any]):
    starts = serializers.CharField(max_length=500, allow_blank=True)
    ends = serializers.CharField(max_length=500, allow_blank=True)


class ChosenPlacing(serializers.Serializer[Any]):
    scale = FiniteFloat(min_value=0.001, max_value=1000, allow_null=True)
    unit = serializers.ChoiceField(["pixels", "fractions", "angstrom"])
    flip_y = serializers.BooleanField()


class ChangedCoordinateImport(serializers.Serializer[Any]):
    """Null takes a choice back: the likeliest then applies."""

    format = serializers.ChoiceField(list(FORMATS), required=False, allow_null=True)
    rule = ChosenRule(required=False, allow_null=True)
    placing = ChosenPlacing(required=False, allow_null=True)
    merge_doubled = serializers.BooleanField(required=False)


class StoreCoordinates(serializers.Serializer[Any]):
    """`kind`: of the labels; `name`: of the source."""

    store_as = serializers.ChoiceField(["labels", "source"])
    kind = serializers.ChoiceField(Label.Kind.choices, default=Label.Kind.PARTICLE)
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)


class NewCoordinateImport(TypedDict):
    """`files`: how many it holds so far."""

    id: str
    files: int


class StoredCoordinates(TypedDict):
    """`source`: the new source; null for labels. `labels`: ids of the new labels. `already`: labels that were there."""

    source: wire.SourceWire | None
    labels: list[str]
    already: int


@extend_schema(parameters=[KEY], request=None, responses={201: NewCoordinateImport})
@api_view(["POST"])
@idempotent
def start(request: Request, project_id: int) -> Response:
    """A draft, to which files are added. One that is not stored is forgotten after a day."""
    project_for(request, project_id, Right.ANNOTATE)
    row = imports.start_coordinate_import(project_id, person(request))
    return Response(_new(row), status=status.HTTP_201_CREATED)


@extend_schema(request=CoordinateFiles, responses=NewCoordinateImport)
@api_view(["POST"])
@parser_classes([MultiPartParser])
def add_files(request: Request, import_id: UUID) -> Response:
    """Adds up to a hundred files of 32 MiB together; call again for more."""
    row = _mine(request, import_id)
    asked = CoordinateFiles(data=request.data)
    asked.is_valid(raise_exception=True)
    files = asked.validated_data["files"]
    paths = asked.validated_data.get("paths") or [file.name for file in files]
    if len(paths) != len(files):
        raise Refused(f"There are {len(files)} files and {len(paths)} paths. Send one path for each file, or none.")
    named = [(path, file.chunks()) for path, file in zip(paths, files, strict=True)]
    return Response(_new(imports.add_coordinate_files(row, named)))


class CoordinateImportDetail(APIView):
    """A draft as it would be stored now."""

    @extend_schema(responses=wire.CoordinateImportWire)
    def get(self, request: Request, import_id: UUID) -> Response:
        return Response(read_draft(_mine(request, import_id)).wire)

    @extend_schema(request=ChangedCoordinateImport, responses=wire.CoordinateImportWire)
    def patch(self, request: Request, import_id: UUID) -> Response:
        row = _mine(request, import_id)
        asked = ChangedCoordinateImport(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted: dict[str, Any] = {
            key: "likeliest" if value is None else value for key, value in asked.validated_data.items()
        }
        row = imports.change_coordinate_import(row, imports.ImportChange(**wanted))
        return Response(read_draft(row).wire)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, import_id: UUID) -> Response:
        imports.discard_coordinate_import(_mine(request, import_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(parameters=[OpenApiParameter("micrograph", int, required=True)], responses=PACKED)
@api_view(["GET"])
@renderer_classes(PACKED_RENDERERS)
def picks(request: Request, import_id: UUID) -> HttpResponse:
    """What would be stored on one micrograph, packed as picks are; of source 0."""
    row = _mine(request, import_id)
    text = request.query_params.get("micrograph", "")
    if not text.isdecimal():
        raise Refused("Say of which micrograph, by its id: ?micrograph=…")
    micrograph = micrograph_for(request, int(text))
    rows = read_draft(row).picks().get(micrograph.pk, as_picks([]))
    return HttpResponse(packed(micrograph.pk, 0, rows), content_type="application/octet-stream")


@extend_schema(parameters=[KEY], request=StoreCoordinates, responses={201: StoredCoordinates})
@api_view(["POST"])
@idempotent
def store(request: Request, import_id: UUID) -> Response:
    """Stores all that matches, as labels of a kind or as a named source of picks. The draft is gone then."""
    row = _mine(request, import_id)
    asked = StoreCoordinates(data=request.data)
    asked.is_valid(raise_exception=True)
    said = asked.validated_data
    stored: StoredCoordinates = {"source": None, "labels": [], "already": 0}
    if said["store_as"] == "source":
        source = imports.store_as_source(read_draft(row), person(request), said.get("name", ""))
        stored["source"] = wire.source_wire(source)
    else:
        made = imports.store_as_labels(read_draft(row), person(request), said["kind"])
        stored |= {"labels": [str(label.id) for label in made.labels], "already": made.already}
    return Response(stored, status=status.HTTP_201_CREATED)


def _mine(request: Request, import_id: UUID) -> CoordinateImport:
    row = get_object_or_404(CoordinateImport, pk=import_id, user=person(request))
    project_for(request, row.project_id, Right.ANNOTATE)
    return row


def _new(row: CoordinateImport) -> NewCoordinateImport:
    return {"id": str(row.pk), "files": len(row.files)}
