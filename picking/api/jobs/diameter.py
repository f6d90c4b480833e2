"""The particle diameter that the micrographs of a project suggest."""

from typing import TypedDict

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import wire
from picking.access import person, project_for
from picking.actions.jobs.diameter import start_scan
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.http.idempotency import KEY, idempotent
from picking.models import Right, SuggestedDiameter


class DiameterScan(TypedDict):
    """`suggested`: what the last scan found, null before the first."""

    suggested: wire.SuggestedDiameterWire | None


class DiameterDetail(APIView):
    """What the micrographs say of the particle diameter."""

    @extend_schema(parameters=[KNOWN], responses={200: DiameterScan, **UNCHANGED})
    def get(self, request: Request, project_id: int) -> HttpResponseBase:
        """The last scan."""
        row = SuggestedDiameter.objects.filter(project=project_for(request, project_id)).first()
        found: DiameterScan = {"suggested": wire.suggested_diameter_wire(row) if row else None}
        return unless_same(request, found)

    @extend_schema(parameters=[KEY], request=None, responses={201: wire.JobWire})
    @idempotent
    def post(self, request: Request, project_id: int) -> Response:
        """Has a worker look at a few micrographs again."""
        project_for(request, project_id, Right.MANAGE)
        job = start_scan(project_id, person(request))
        return Response(wire.job_wire(job), status=status.HTTP_201_CREATED)
