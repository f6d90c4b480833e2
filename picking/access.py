"""Who may do what. A project one is not in does not exist (404); what one may see but not do is refused (403)."""

from typing import NoReturn

from django.http import Http404
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from picking.models import Job, Membership, Micrograph, Project, Role, Training, User


def person(request: Request) -> User:
    """The signed-in person of a request that passed IsAuthenticated."""
    assert isinstance(request.user, User)
    return request.user


def membership_of(user: User, project_id: int) -> Membership:
    """A person's membership. Raises Http404 when they have none."""
    membership = Membership.objects.select_related("project").filter(user=user, project_id=project_id).first()
    if membership is None:
        _hide()
    return membership


def project_for(request: Request, project_id: int, needed: Role = Role.VIEWER) -> Project:
    """The project, for a member whose role covers `needed`. Raises Http404 or PermissionDenied."""
    membership = membership_of(person(request), project_id)
    _require(Role(membership.role), needed)
    return membership.project


def micrograph_for(request: Request, micrograph_id: int, needed: Role = Role.VIEWER) -> Micrograph:
    """The micrograph, when its project is open to the person as `needed`."""
    micrograph = Micrograph.objects.select_related("project").filter(pk=micrograph_id).first()
    if micrograph is None:
        _hide()
    project_for(request, micrograph.project_id, needed)
    return micrograph


def job_for(request: Request, job_id: int, needed: Role) -> Job:
    """The job, when its project is open to the person as `needed`."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        _hide()
    project_for(request, job.project_id, needed)
    return job


def training_for(request: Request, training_id: int, needed: Role = Role.VIEWER) -> Training:
    """The training, when its project is open to the person as `needed`."""
    training = Training.objects.select_related("project", "job").filter(pk=training_id).first()
    if training is None:
        _hide()
    project_for(request, training.project_id, needed)
    return training


def _require(role: Role, needed: Role) -> None:
    if not role.covers(needed):
        raise PermissionDenied(f"This requires the role {needed.value}; yours is {role.value}.")


def _hide() -> NoReturn:
    raise Http404
