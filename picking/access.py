"""Who may do what. Non-members get 404, as if the project did not exist; members without the needed role get 403."""

from django.shortcuts import get_object_or_404
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from picking.models import Job, Membership, Micrograph, Project, Right, Role, Source, Training, User, WatchedFolder


def person(request: Request) -> User:
    """The signed-in person of a request that passed IsAuthenticated."""
    assert isinstance(request.user, User)
    return request.user


def membership_of(user: User, project_id: int) -> Membership:
    """A person's membership. Raises Http404 when they have none."""
    return get_object_or_404(Membership.objects.select_related("project"), user=user, project_id=project_id)


def project_for(request: Request, project_id: int, right: Right = Right.VIEW) -> Project:
    """The project, for a member who has the right. Raises Http404 or PermissionDenied."""
    membership = membership_of(person(request), project_id)
    _require(Role(membership.role), right)
    return membership.project


def micrograph_for(request: Request, micrograph_id: int, right: Right = Right.VIEW) -> Micrograph:
    """The micrograph, when its project is open to the person and they have the right."""
    micrograph = get_object_or_404(Micrograph.objects.select_related("project"), pk=micrograph_id)
    project_for(request, micrograph.project_id, right)
    return micrograph


def job_for(request: Request, job_id: int, right: Right) -> Job:
    """The job, when its project is open to the person and they have the right."""
    job = get_object_or_404(Job, pk=job_id)
    project_for(request, job.project_id, right)
    return job


def training_for(request: Request, training_id: int, right: Right = Right.VIEW) -> Training:
    """The training, when its project is open to the person and they have the right."""
    training = get_object_or_404(Training.objects.select_related("project", "job"), pk=training_id)
    project_for(request, training.project_id, right)
    return training


def source_for(request: Request, project_id: int, source_id: int, right: Right = Right.VIEW) -> Source:
    """The source of a project that is open to the person, when they have the right."""
    project = project_for(request, project_id, right)
    return get_object_or_404(project.sources, pk=source_id)


def watched_for(request: Request, project_id: int, watched_id: int, right: Right = Right.VIEW) -> WatchedFolder:
    """The watched folder of a project that is open to the person, when they have the right."""
    project = project_for(request, project_id, right)
    return get_object_or_404(project.watched, pk=watched_id)


def _require(role: Role, right: Right) -> None:
    if not role.may(right):
        raise PermissionDenied(f"This requires the role {Role.least(right).value}; yours is {role.value}.")
