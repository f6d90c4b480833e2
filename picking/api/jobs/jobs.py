"""Jobs: how far they are; cancel one, or take a failed one off the list."""

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking import wire
from picking.access import job_for, person, project_for, require_own
from picking.actions.jobs import jobs
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.http.filters import JobFilters, filtered, parameters
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.models import Job, Right


class JobPage(Page):
    results: list[wire.JobWire]


@extend_schema(
    operation_id="projects_jobs_list",
    parameters=[KNOWN, *PARAMETERS, *parameters(JobFilters)],
    responses={200: JobPage, **UNCHANGED},
)
@api_view(["GET"])
def jobs_of_project(request: Request, project_id: int) -> HttpResponseBase:
    """All jobs of a project, the newest first."""
    rows = filtered(request, JobFilters, project_for(request, project_id).jobs.all())
    return unless_same(request, page_of(request, rows, lambda page: [*map(wire.job_wire, page)], ("-pk",)).data)


@extend_schema(parameters=[KNOWN], responses={200: wire.JobWire, **UNCHANGED})
@api_view(["GET"])
def detail(request: Request, job_id: int) -> HttpResponseBase:
    return unless_same(request, wire.job_wire(job_for(request, job_id, Right.VIEW), with_losses=True))


@extend_schema(request=None, responses=wire.JobWire)
@api_view(["POST"])
def cancel(request: Request, job_id: int) -> Response:
    job = jobs.cancel(_stoppable(request, job_id), person(request))
    return Response(wire.job_wire(job, with_losses=True))


@extend_schema(request=None, responses={204: None})
@api_view(["POST"])
def dismiss(request: Request, job_id: int) -> Response:
    jobs.dismiss(_stoppable(request, job_id), person(request))
    return Response(status=status.HTTP_204_NO_CONTENT)


def _stoppable(request: Request, job_id: int) -> Job:
    """A job, for managers, and for whoever asked for it if it is an export or averages: all else concerns everyone."""
    job = job_for(request, job_id, Right.VIEW)
    own = job.kind in (Job.Kind.EXPORT, Job.Kind.AVERAGE)
    require_own(request, job.project_id, job.created_by_id if own else None)
    return job
