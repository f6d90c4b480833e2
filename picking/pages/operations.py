"""The operations page, for administrators: what the server does now; jobs that failed are tried again there."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from picking.actions.jobs import jobs
from picking.checks.check import State, findings
from picking.checks.ready import READY
from picking.checks.workers import WORKERS
from picking.models import Job, User
from picking.pages.people import administrators_only
from picking.queries.server import operations as queries
from picking.refusals import Refused
from picking.room import LITTLE_BYTES


@administrators_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The whole page, or with `?now` only the part that changes, which the page's script asks for every few seconds."""
    disk = queries.disk()
    shown = {
        "findings": [each for each in findings((*READY, *WORKERS)) if each.state != State.OK],
        "processes": queries.seen_processes(),
        "queues": queries.seen_queues(),
        "running": queries.running_jobs(),
        "failed": queries.failed_jobs(),
        "disk": disk,
        "little": disk.free < LITTLE_BYTES,
        "projects": queries.largest_projects(),
        "people": queries.signed_in(),
        "versions": queries.versions(),
    }
    template = "picking/operations_now.html" if "now" in request.GET else "picking/operations.html"
    return render(request, template, shown)


@administrators_only
@require_POST
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    return _done(request, job_id, jobs.retry, "Queued again: {}.")


@administrators_only
@require_POST
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    return _done(request, job_id, jobs.cancel, "Stopping: {}.")


@administrators_only
@require_POST
def dismiss(request: HttpRequest, job_id: int) -> HttpResponse:
    return _done(request, job_id, jobs.dismiss, "Taken off the list: {}.")


def _done(request: HttpRequest, job_id: int, do: Callable[[Job, User], object], said: str) -> HttpResponse:
    assert isinstance(request.user, User)
    job = get_object_or_404(Job, pk=job_id)
    try:
        do(job, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said.format(f"{job.kind} {job.name or job.pk}"))
    return redirect("operations")
