"""Local centres: the centres of the blobs in people's boxes."""

from typing import Any, TypedDict

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import micrograph_for, person
from picking.finite_float import FiniteFloat
from picking.queries.micrographs.centres import centres_near
from picking.science.picks import as_points

MOST = 1000


class CentresAsked(serializers.Serializer[Any]):
    points = serializers.ListField(
        child=serializers.ListField(child=FiniteFloat(), min_length=2, max_length=2), min_length=1, max_length=MOST
    )


class Centres(TypedDict):
    """In the order in which the places were asked."""

    points: list[tuple[float, float]]


@extend_schema(request=CentresAsked, responses=Centres)
@api_view(["POST"])
def find(request: Request, micrograph_id: int) -> Response:
    """For each place [x, y] the centre of the blob in the box around it. Changes nothing."""
    micrograph = micrograph_for(request, micrograph_id)
    asked = CentresAsked(data=request.data)
    asked.is_valid(raise_exception=True)
    centres = centres_near(micrograph, as_points(asked.validated_data["points"]), person(request).pk)
    return Response({"points": centres.tolist()})
