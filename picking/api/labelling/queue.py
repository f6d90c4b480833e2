"""The queue: micrographs are given or taken, done, and reviewed."""

from typing import Any, TypedDict

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking import wire
from picking.access import micrograph_for, person, project_for
from picking.actions.labelling import assigning, queue
from picking.api.http.conditional import KNOWN, UNCHANGED, tag_of_project, unless_known, unless_same
from picking.api.http.fields import Id
from picking.api.http.filters import AssignmentFilters, filtered, parameters
from picking.api.http.idempotency import KEY, idempotent
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.models import Right
from picking.queries.projects import progress
from picking.queries.projects.queue import assignments

MOST = 10_000
"""Micrographs named in one request."""
PEOPLE = 100


class AskForNext(serializers.Serializer[Any]):
    after = Id(required=False, allow_null=True, help_text="the micrograph that you are at: the next is another one")
    order = serializers.ChoiceField(["name", "teach"], required=False)


class AskToShare(serializers.Serializer[Any]):
    """As Assigning."""

    people = serializers.ListField(child=Id(), min_length=1, max_length=PEOPLE)
    micrographs = serializers.ListField(child=Id(), required=False, allow_null=True, max_length=MOST)
    each = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=MOST)
    order = serializers.ChoiceField(["name", "random"], required=False)
    seed = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    double = serializers.BooleanField(required=False)


class AskToTakeBack(serializers.Serializer[Any]):
    micrographs = serializers.ListField(child=Id(), min_length=1, max_length=MOST)
    person = Id(required=False, allow_null=True)


class AskToReview(serializers.Serializer[Any]):
    person = Id(help_text="whose work on the micrograph it is")
    accepted = serializers.BooleanField()
    reason = serializers.CharField(required=False, allow_blank=True, max_length=1000, help_text="why not, if not")


class AssignmentPage(Page):
    results: list[wire.AssignmentWire]


class NextInQueue(TypedDict):
    """`assignment`: null where nothing is left for this person."""

    assignment: wire.AssignmentWire | None


class SharedOut(TypedDict):
    """What was given; empty where nothing was free."""

    assignments: list[wire.AssignmentWire]


class TakenBack(TypedDict):
    """How many assignments are no more."""

    count: int


@extend_schema(parameters=[KNOWN], responses={200: wire.QueueWire, **UNCHANGED})
@api_view(["GET"])
def state(request: Request, project_id: int) -> HttpResponseBase:
    """How far the project and each of its people are. A claim whose holder has left runs out without an event."""
    return unless_same(request, progress.queue_wire(project_for(request, project_id)))


@extend_schema(
    operation_id="projects_assignments_list",
    parameters=[KNOWN, *PARAMETERS, *parameters(AssignmentFilters)],
    responses={200: AssignmentPage, **UNCHANGED},
)
@api_view(["GET"])
def of_project(request: Request, project_id: int) -> HttpResponseBase:
    """Who has or had which micrograph, the oldest first."""
    project = project_for(request, project_id)

    def answer() -> Response:
        rows = filtered(request, AssignmentFilters, assignments(project))
        return page_of(request, rows, lambda page: [*map(wire.assignment_wire, page)])

    return unless_known(request, tag_of_project(request, project), answer)


@extend_schema(request=AskForNext, responses=NextInQueue)
@api_view(["POST"])
def next_one(request: Request, project_id: int) -> Response:
    """The next micrograph of your own, or else one that is free, which you take. Asked again, it is the same one."""
    project_for(request, project_id, Right.ANNOTATE)
    asked = AskForNext(data=request.data)
    asked.is_valid(raise_exception=True)
    found = queue.take_next(project_id, person(request), **asked.validated_data)
    return Response(NextInQueue(assignment=wire.assignment_wire(found) if found else None))


@extend_schema(parameters=[KEY], request=AskToShare, responses={201: SharedOut})
@api_view(["POST"])
@idempotent
def share(request: Request, project_id: int) -> Response:
    """Gives micrographs that are free to people, evenly."""
    project_for(request, project_id, Right.MANAGE)
    asked = AskToShare(data=request.data)
    asked.is_valid(raise_exception=True)
    rows = assigning.assign(project_id, person(request), assigning.Assigning(**asked.validated_data))
    return Response({"assignments": [*map(wire.assignment_wire, rows)]}, status=status.HTTP_201_CREATED)


@extend_schema(request=AskToTakeBack, responses=TakenBack)
@api_view(["POST"])
def take_back(request: Request, project_id: int) -> Response:
    """Frees micrographs that are not finished, of one person or of all."""
    project_for(request, project_id, Right.MANAGE)
    asked = AskToTakeBack(data=request.data)
    asked.is_valid(raise_exception=True)
    count = assigning.take_back(project_id, person(request), **asked.validated_data)
    return Response(TakenBack(count=count))


@extend_schema(request=None, responses=wire.AssignmentWire)
@api_view(["POST"])
def claim(request: Request, micrograph_id: int) -> Response:
    """You work on this micrograph from now on; 409 where others have it."""
    micrograph = micrograph_for(request, micrograph_id, Right.ANNOTATE)
    return Response(wire.assignment_wire(queue.claim(micrograph, person(request))))


@extend_schema(request=None, responses={204: None})
@api_view(["POST"])
def give_back(request: Request, micrograph_id: int) -> Response:
    """You work on it no more: others may take it, unless a manager gave it to you."""
    queue.give_back(micrograph_for(request, micrograph_id, Right.ANNOTATE), person(request))
    return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(request=None, responses=wire.AssignmentWire)
@api_view(["POST"])
def finish(request: Request, micrograph_id: int) -> Response:
    """You are done with it. One that nobody has needs no claiming first."""
    micrograph = micrograph_for(request, micrograph_id, Right.ANNOTATE)
    return Response(wire.assignment_wire(queue.finish(micrograph, person(request))))


@extend_schema(request=None, responses=wire.AssignmentWire)
@api_view(["POST"])
def reopen(request: Request, micrograph_id: int) -> Response:
    """You go on with it. A review of it no longer holds."""
    micrograph = micrograph_for(request, micrograph_id, Right.ANNOTATE)
    return Response(wire.assignment_wire(queue.reopen(micrograph, person(request))))


@extend_schema(request=AskToReview, responses=wire.AssignmentWire)
@api_view(["POST"])
def review(request: Request, micrograph_id: int) -> Response:
    """Accepts what another person did on it, or sends it back to them with a reason."""
    micrograph = micrograph_for(request, micrograph_id, Right.ANNOTATE)
    asked = AskToReview(data=request.data)
    asked.is_valid(raise_exception=True)
    said = {"worker": asked.validated_data.pop("person"), **asked.validated_data}
    return Response(wire.assignment_wire(queue.review(micrograph, person(request), **said)))
