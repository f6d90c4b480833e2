"""Blind double labelling: begin it on a share of the micrographs, reveal it early, and see how people agree."""

from typing import Any, TypedDict

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking import wire
from picking.access import micrograph_for, person, project_for
from picking.actions.labelling.double_labelling import SEEDS, DoubleLabelling, begin_double_labelling
from picking.actions.labelling.revealing import reveal_early
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.http.fields import Id
from picking.api.http.idempotency import KEY, idempotent
from picking.api.labelling.queue import MOST, PEOPLE
from picking.finite_float import FiniteFloat
from picking.models import Right
from picking.queries.picks.double_agreement import double_agreement, label_differences

LEAST_SHARE = 0.001


class AskForDoubleLabelling(serializers.Serializer[Any]):
    """As DoubleLabelling."""

    people = serializers.ListField(child=Id(), min_length=2, max_length=PEOPLE)
    share = FiniteFloat(min_value=LEAST_SHARE, max_value=1)
    seed = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=SEEDS - 1)


class AskToReveal(serializers.Serializer[Any]):
    micrographs = serializers.ListField(child=Id(), min_length=1, max_length=MOST)


class DoubleLabellingBegun(TypedDict):
    """Which micrographs are blind now, by their ids, and who has them. `seed`: by which they were drawn."""

    seed: int
    micrographs: list[int]
    assignments: list[wire.AssignmentWire]


class Revealed(TypedDict):
    """Which were blind and are not any more, by their ids."""

    micrographs: list[int]


@extend_schema(parameters=[KEY], request=AskForDoubleLabelling, responses={201: DoubleLabellingBegun})
@api_view(["POST"])
@idempotent
def begin(request: Request, project_id: int) -> Response:
    """Has a share of the micrographs labelled by two people each, who do not see one another's marks."""
    project_for(request, project_id, Right.MANAGE)
    asked = AskForDoubleLabelling(data=request.data)
    asked.is_valid(raise_exception=True)
    begun = begin_double_labelling(project_id, person(request), DoubleLabelling(**asked.validated_data))
    told: DoubleLabellingBegun = {
        "seed": begun.seed,
        "micrographs": [each.pk for each in begun.micrographs],
        "assignments": [*map(wire.assignment_wire, begun.assignments)],
    }
    return Response(told, status=status.HTTP_201_CREATED)


@extend_schema(request=AskToReveal, responses=Revealed)
@api_view(["POST"])
def reveal(request: Request, project_id: int) -> Response:
    """Shows everyone all marks on these micrographs, whoever has not finished. It cannot be undone."""
    project_for(request, project_id, Right.MANAGE)
    asked = AskToReveal(data=request.data)
    asked.is_valid(raise_exception=True)
    ids = reveal_early(project_id, person(request), asked.validated_data["micrographs"])
    return Response(Revealed(micrographs=ids))


@extend_schema(parameters=[KNOWN], responses={200: wire.DoubleAgreementWire, **UNCHANGED})
@api_view(["GET"])
def agreement(request: Request, project_id: int) -> HttpResponseBase:
    """How people agree on micrographs that they labelled blind, and how many differences are to be settled on each.

    Only what has been revealed. Figures are of the labels as they were then, whatever was settled since.
    """
    return unless_same(request, double_agreement(project_for(request, project_id)))


@extend_schema(parameters=[KNOWN], responses={200: wire.LabelDifferencesWire, **UNCHANGED})
@api_view(["GET"])
def differences(request: Request, micrograph_id: int) -> HttpResponseBase:
    """Where two people differ who labelled it blind, band by band from the top.

    To settle one, delete the labels that are wrong, and put an accept on those that stay.
    """
    return unless_same(request, label_differences(micrograph_for(request, micrograph_id)))
