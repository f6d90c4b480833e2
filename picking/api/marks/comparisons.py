"""Two sets of picks beside one another, and what several agree on."""

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking import wire
from picking.access import micrograph_for, person, project_for
from picking.actions.marks.consensus import make_consensus
from picking.api.http.conditional import KNOWN, UNCHANGED, tag_of_project, unless_known
from picking.api.http.idempotency import KEY, idempotent
from picking.models import Right
from picking.queries.picks.comparisons import compared_places, comparison

MOST = 10
"""Sets of picks in a consensus."""


class ComparedAsked(serializers.Serializer[Any]):
    """`final`, `networks`, `labels`, `labels:` with a user's number or `source:` with a source's."""

    first = serializers.CharField(max_length=40)
    second = serializers.CharField(max_length=40)


class NewConsensus(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    sets = serializers.ListField(child=serializers.CharField(max_length=40), min_length=2, max_length=MOST)
    at_least = serializers.IntegerField(min_value=1, max_value=MOST)


def _asked(request: Request) -> tuple[str, str]:
    asked = ComparedAsked(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return asked.validated_data["first"], asked.validated_data["second"]


@extend_schema(parameters=[KNOWN, ComparedAsked], responses={200: wire.ComparisonWire, **UNCHANGED})
@api_view(["GET"])
def compare(request: Request, project_id: int) -> HttpResponseBase:
    """Precision, recall and offset of two sets of picks, over the micrographs that both have looked at."""
    project, asked = project_for(request, project_id), _asked(request)
    return unless_known(request, tag_of_project(request, project), lambda: Response(comparison(project, *asked)))


@extend_schema(parameters=[KNOWN, ComparedAsked], responses={200: wire.ComparedPlacesWire, **UNCHANGED})
@api_view(["GET"])
def places(request: Request, micrograph_id: int) -> HttpResponseBase:
    """Which picks of two sets are the same on one micrograph, and which only one of them has."""
    micrograph, asked = micrograph_for(request, micrograph_id), _asked(request)
    tag = tag_of_project(request, micrograph.project)
    return unless_known(request, tag, lambda: Response(compared_places(micrograph, *asked)))


@extend_schema(parameters=[KEY], request=NewConsensus, responses={201: wire.SourceWire})
@api_view(["POST"])
@idempotent
def agree(request: Request, project_id: int) -> Response:
    """A new source of the picks that at least so many of the sets have."""
    project = project_for(request, project_id, Right.ANNOTATE)
    asked = NewConsensus(data=request.data)
    asked.is_valid(raise_exception=True)
    source = make_consensus(project, person(request), **asked.validated_data)
    return Response(wire.source_wire(source), status=status.HTTP_201_CREATED)
