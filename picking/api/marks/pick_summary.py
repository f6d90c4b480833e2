"""A summary of the picks of a project: how many count at some thresholds, and how their scores are spread."""

from typing import Any

import orjson
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, throttle_classes
from rest_framework.request import Request

from picking import wire
from picking.access import person, project_for
from picking.api.http.conditional import KNOWN, UNCHANGED, tag_of_project, unless_known
from picking.api.http.throttling import Bulk
from picking.finite_float import FiniteFloat
from picking.queries.picks.pick_summary import pick_summary


class Tried(serializers.Serializer[Any]):
    """Thresholds and limits, instead of the project's."""

    particle_threshold = FiniteFloat(min_value=0, max_value=1, required=False)
    contamination_threshold = FiniteFloat(min_value=0, max_value=1, required=False)
    minimum_distance = FiniteFloat(min_value=0, max_value=5, required=False)
    border_margin = FiniteFloat(min_value=0, max_value=5, required=False)


@extend_schema(parameters=[KNOWN, Tried], responses={200: wire.PickSummaryWire, **UNCHANGED})
@api_view(["GET"])
@throttle_classes([Bulk])
def summary(request: Request, project_id: int) -> HttpResponseBase:
    """Of all micrographs that are not excluded. Micrographs keep thresholds of their own."""
    project = project_for(request, project_id)
    asked = Tried(data=request.query_params)
    asked.is_valid(raise_exception=True)
    for name, value in asked.validated_data.items():
        setattr(project, name, value)

    def answer() -> HttpResponse:
        return HttpResponse(orjson.dumps(pick_summary(project, person(request).pk)), content_type="application/json")

    return unless_known(request, tag_of_project(request, project), answer)
