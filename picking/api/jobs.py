"""Jobs: cancel one, or take a failed one off the list."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking import wire
from picking.access import job_for, person
from picking.actions import jobs
from picking.models import Right


@extend_schema(request=None, responses=wire.JobWire)
@api_view(["POST"])
def cancel(request: Request, job_id: int) -> Response:
    job = jobs.cancel(job_for(request, job_id, Right.ANNOTATE), person(request))
    return Response(wire.job_wire(job, with_losses=True))


@extend_schema(request=None, responses={204: None})
@api_view(["POST"])
def dismiss(request: Request, job_id: int) -> Response:
    jobs.dismiss(job_for(request, job_id, Right.ANNOTATE), person(request))
    return Response(status=status.HTTP_204_NO_CONTENT)
