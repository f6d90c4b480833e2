"""Trainings: request one, read it, download its weights, make it current, start from another project's."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, renderer_classes, throttle_classes
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import storage, wire
from picking.access import only_project, person, project_for, training_for
from picking.actions.jobs import trainings
from picking.actions.jobs.validations import start_validation
from picking.api.http.conditional import KNOWN, UNCHANGED, tag_of_project, unless_known, unless_same
from picking.api.http.fields import PACKED, PACKED_RENDERERS
from picking.api.http.filters import TrainingFilters, filtered, parameters
from picking.api.http.idempotency import KEY, idempotent
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.api.http.throttling import Trainings
from picking.models import Right
from picking.queries.projects.trainings import light, networks_of
from picking.refusals import Refused


class Adoption(serializers.Serializer[Any]):
    from_training = serializers.IntegerField(min_value=1)


class TrainingPage(Page):
    results: list[wire.TrainingWire]


class TrainingList(APIView):
    """The trainings of a project."""

    throttle_classes = [Trainings]

    @extend_schema(
        operation_id="projects_trainings_list",
        parameters=[KNOWN, *PARAMETERS, *parameters(TrainingFilters)],
        responses={200: TrainingPage, **UNCHANGED},
    )
    def get(self, request: Request, project_id: int) -> HttpResponseBase:
        """The oldest first."""
        project = project_for(request, project_id)

        def answer() -> Response:
            rows = filtered(request, TrainingFilters, light(project.trainings.all()))
            return page_of(request, rows, lambda page: [*map(wire.training_wire, page)])

        return unless_known(request, tag_of_project(request, project), answer)

    @extend_schema(parameters=[KEY], request=None, responses={201: wire.JobWire})
    @idempotent
    def post(self, request: Request, project_id: int) -> Response:
        """Asks for a training, which a worker carries out."""
        project_for(request, project_id, Right.MANAGE)
        job = trainings.start_training(project_id, person(request))
        return Response(wire.job_wire(job, with_losses=True), status=status.HTTP_201_CREATED)


@extend_schema(operation_id="trainings_list", responses=list[wire.NetworksWire])
@api_view(["GET"])
def networks(request: Request) -> Response:
    """The current networks of all projects of the person who asks: what another project may start from."""
    return Response(networks_of(person(request), only_project(request)))


@extend_schema(parameters=[KEY], request=Adoption, responses={201: wire.TrainingWire})
@api_view(["POST"])
@idempotent
def adopt(request: Request, project_id: int) -> Response:
    """The person must be in both projects; in the other one the viewer role is enough."""
    project_for(request, project_id, Right.MANAGE)
    asked = Adoption(data=request.data)
    asked.is_valid(raise_exception=True)
    source = training_for(request, asked.validated_data["from_training"])
    training = trainings.adopt_networks(project_id, person(request), source)
    return Response(wire.training_wire(training), status=status.HTTP_201_CREATED)


@extend_schema(parameters=[KNOWN], responses={200: wire.TrainingDetailWire, **UNCHANGED})
@api_view(["GET"])
def detail(request: Request, training_id: int) -> HttpResponseBase:
    """One training with its settings, and the scores of the places held out when it was validated."""
    return unless_same(request, wire.training_detail_wire(training_for(request, training_id)))


@extend_schema(responses=PACKED)
@api_view(["GET"])
@renderer_classes(PACKED_RENDERERS)
def weights(request: Request, training_id: int) -> HttpResponse:
    """Both networks as one safetensors file."""
    training = training_for(request, training_id)
    try:
        content = storage.weights_path(training).read_bytes()
    except FileNotFoundError as gone:
        raise Refused("The file of these networks no longer exists.") from gone
    name = f"{slugify(training.project.name) or 'networks'}-v{training.version}.safetensors"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


@extend_schema(request=None, responses={204: None})
@api_view(["POST"])
def make_current(request: Request, training_id: int) -> Response:
    training = training_for(request, training_id, Right.MANAGE)
    trainings.make_current(training.project_id, person(request), training.pk)
    return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(parameters=[KEY], request=None, responses={201: wire.JobWire})
@api_view(["POST"])
@throttle_classes([Trainings])
@idempotent
def validate(request: Request, training_id: int) -> Response:
    training = training_for(request, training_id, Right.MANAGE)
    job = start_validation(training.project_id, person(request), training)
    return Response(wire.job_wire(job), status=status.HTTP_201_CREATED)
