"""Named snapshots: what a project held at one moment, to be cited."""

from typing import Any

from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, renderer_classes
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import storage, wire
from picking.access import person, project_for
from picking.actions.projects.named_snapshots import remove_snapshot, start_snapshot
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.http.idempotency import KEY, idempotent
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.api.http.ranged import file_answer
from picking.api.http.renderers import GzipRenderer
from picking.models import NamedSnapshot, Right
from picking.problems import Problem
from picking.refusals import Refused

GONE = {(410, "application/problem+json"): Problem}


class SnapshotRemoved(APIException):
    """What stood at this address."""

    status_code = status.HTTP_410_GONE


class NewSnapshot(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class NamedSnapshotPage(Page):
    results: list[wire.NamedSnapshotWire]


class NamedSnapshotList(APIView):
    """The named snapshots of a project."""

    @extend_schema(
        operation_id="projects_snapshots_list",
        parameters=[KNOWN, *PARAMETERS],
        responses={200: NamedSnapshotPage, **UNCHANGED},
    )
    def get(self, request: Request, project_id: int) -> HttpResponseBase:
        """The newest first; without those that were deleted."""
        rows = project_for(request, project_id).named_snapshots.filter(removed_at=None)
        rows = rows.select_related("job", "created_by")
        shown = page_of(request, rows, lambda page: [*map(wire.named_snapshot_wire, page)], ("-number",))
        return unless_same(request, shown.data)

    @extend_schema(parameters=[KEY], request=NewSnapshot, responses={201: wire.NamedSnapshotWire})
    @idempotent
    def post(self, request: Request, project_id: int) -> Response:
        """Starts a job that keeps what the project holds now."""
        project_for(request, project_id, Right.ANNOTATE)
        asked = NewSnapshot(data=request.data)
        asked.is_valid(raise_exception=True)
        named = start_snapshot(project_id, person(request), **asked.validated_data)
        return Response(wire.named_snapshot_wire(named), status=status.HTTP_201_CREATED)


class NamedSnapshotDetail(APIView):
    """One named snapshot. Its address stays; once it is deleted it answers 410, with what was there."""

    @extend_schema(parameters=[KNOWN], responses={200: wire.NamedSnapshotWire, **UNCHANGED, **GONE})
    def get(self, request: Request, project_id: int, number: int) -> HttpResponseBase:
        return unless_same(request, wire.named_snapshot_wire(_named(request, project_id, number)))

    @extend_schema(responses={204: None, **GONE})
    def delete(self, request: Request, project_id: int, number: int) -> Response:
        """For owners. What cites it can then be told, but not checked any more."""
        remove_snapshot(_named(request, project_id, number, Right.OWN), person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(responses={(200, "application/gzip"): OpenApiTypes.BINARY, **UNCHANGED, **GONE})
@api_view(["GET"])
@renderer_classes([GzipRenderer, JSONRenderer])
def file(request: Request, project_id: int, number: int) -> HttpResponseBase:
    """All of it: gzip of JSON lines, whose SHA-256 is the snapshot's."""
    named = _named(request, project_id, number)
    if not named.sha256:
        raise Refused("This snapshot is not finished yet. Its file is there once its job has finished.")
    name = f"snapshot-{project_id}-{number}.jsonl.gz"
    try:
        return file_answer(request, storage.named_snapshot_path(named), named.sha256, name, "application/gzip")
    except FileNotFoundError:
        return HttpResponse(status=status.HTTP_404_NOT_FOUND)


def _named(request: Request, project_id: int, number: int, right: Right = Right.VIEW) -> NamedSnapshot:
    project = project_for(request, project_id, right)
    named: NamedSnapshot = get_object_or_404(project.named_snapshots.select_related("job", "created_by"), number=number)
    if named.removed_at:
        held = f"with the hash {named.sha256}" if named.sha256 else "which was never finished"
        raise SnapshotRemoved(
            f"The snapshot “{named.name}” of {named.created_at:%Y-%m-%d}, {held}, was deleted "
            f"on {named.removed_at:%Y-%m-%d}."
        )
    return named
