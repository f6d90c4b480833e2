"""Trainings: ask for one."""

from rest_framework import status
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking import wire
from picking.access import person, project_for
from picking.actions.trainings import start_training
from picking.models import Role


@api_view(["POST"])
def start(request: Request, project_id: int) -> Response:
    project_for(request, project_id, Role.ANNOTATOR)
    job = start_training(project_id, person(request))
    return Response(wire.job_wire(job, with_losses=True), status=status.HTTP_201_CREATED)
