"""Micrographs: their picks, and taking one out."""

from django.http import HttpResponse
from rest_framework import status
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import queries
from picking.access import micrograph_for, person
from picking.actions.imports import remove_micrograph
from picking.models import Role


class MicrographDetail(APIView):
    """One micrograph."""

    def delete(self, request: Request, micrograph_id: int) -> Response:
        remove_micrograph(micrograph_for(request, micrograph_id, Role.OWNER), person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


@api_view(["GET"])
def picks(request: Request, micrograph_id: int) -> HttpResponse:
    """Its newest picks, packed as one block."""
    micrograph = micrograph_for(request, micrograph_id)
    sets = queries.latest_pick_sets(micrograph.project).filter(micrograph=micrograph)
    return HttpResponse(b"".join(queries.packed_picks(sets)), content_type="application/octet-stream")
