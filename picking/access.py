"""Who may do what. Non-members get 404, as if the project did not exist; members without the needed role get 403.

A program acts for a person with a token: in the token's project alone, if it has one, and with the lesser of the
token's role and the person's own. What is the person's own business, no token may do.

A guest has come by a shared link: a viewer of that one project, who only reads.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from picking.models import (
    Export,
    Job,
    Membership,
    Micrograph,
    Project,
    Right,
    Role,
    SharedLink,
    Source,
    Token,
    Training,
    User,
    WatchedFolder,
    Webhook,
)
from picking.server.prepared import Prepared


def person(request: Request) -> User:
    """The signed-in person of a request that passed IsAuthenticated."""
    assert isinstance(request.user, User)
    return request.user


def token_of(request: Request) -> Token | None:
    """The token that the request came with; None from a browser that is signed in."""
    return request.auth if isinstance(request.auth, Token) else None


def require_in_person(request: Request) -> User:
    """The person, where a browser asks. Raises PermissionDenied for a token."""
    if token_of(request):
        raise PermissionDenied("A token cannot do this. Sign in with a browser.")
    return person(request)


if TYPE_CHECKING:  # REST framework's views import this module
    from rest_framework.views import APIView


class GuestsOnlyLook(BasePermission):
    """Of every address that does not say otherwise: a guest reads what is in a project, and nothing else."""

    message = "Guests can only look. Ask the person who sent you the link for an account here."

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """An address without anything in it that has an id is of no project."""
        return link_of(request) is None or (request.method in SAFE_METHODS and bool(view.kwargs))


def link_of(request: Request) -> SharedLink | None:
    """The link that a guest came by; None for people with an account."""
    return request.auth if isinstance(request.auth, SharedLink) else None


def standing(user_id: int, project_id: int) -> tuple[Project, Role] | None:
    """The project and somebody's role there; None for those who have none. The one place that decides it."""
    if not 0 < project_id < 2**63:  # larger than a database integer
        return None
    membership = Membership.objects.select_related("project").filter(user=user_id, project=project_id).first()
    if membership:
        return membership.project, Role(membership.role)
    link = SharedLink.valid().select_related("project").filter(guest=user_id, project=project_id).first()
    return (link.project, Role.VIEWER) if link else None


def project_for(request: Request, project_id: int, right: Right = Right.VIEW) -> Project:
    """The project, for a member who has the right. Raises Http404 or PermissionDenied."""
    found = standing(person(request).pk, project_id)
    if found is None:
        raise Http404
    return _allowed(request, *found, right)


def deleted_project_for(request: Request, project_id: int) -> Project:
    """A deleted project, for its owners. Raises Http404 or PermissionDenied."""
    deleted = Membership.including_deleted.filter(project__deleted_at__isnull=False).select_related("project")
    membership = get_object_or_404(deleted, user=person(request), project_id=project_id)
    return _allowed(request, membership.project, Role(membership.role), Right.OWN)


def _allowed(request: Request, project: Project, role: Role, right: Right) -> Project:
    token = token_of(request)
    if token:
        if token.project_id not in (None, project.pk):
            raise Http404
        role = role.lesser(Role(token.role))
    _require(role, right)
    return project


def who_may(right: Right, project_id: int, people: Iterable[int]) -> set[int]:
    """Those of `people`, by their ids, who are members of the project and have the right there."""
    members = _members(project_id, set(people))
    return {member.user_id for member in members if Role(member.role).may(right)}


@Prepared
def _members(project_id: int, people: Sequence[int]) -> QuerySet[Membership]:
    return Membership.objects.filter(project_id=project_id, user__in=people).only("user", "role")


def only_project(request: Request) -> int | None:
    """The one project that the request may see, by its token; None for all that the person is in."""
    token = token_of(request)
    return token.project_id if token else None


def require_may_create(request: Request) -> User:
    """The person, where they may make projects. Raises PermissionDenied for a token of one project or a lesser role."""
    token = token_of(request)
    if token and (token.project_id is not None or not Role(token.role).may(Right.OWN)):
        raise PermissionDenied("Only a token for all your projects, with the role owner, can create a project.")
    return person(request)


def require_may_manage(request: Request) -> User:
    """The person, where they could manage a project. Raises PermissionDenied for a token of a lesser role."""
    token = token_of(request)
    if token:
        _require(Role(token.role), Right.MANAGE)
    return person(request)


def micrograph_for(request: Request, micrograph_id: int, right: Right = Right.VIEW) -> Micrograph:
    """The micrograph, when its project is open to the person and they have the right."""
    micrograph = get_object_or_404(Micrograph, pk=micrograph_id)
    micrograph.project = project_for(request, micrograph.project_id, right)
    return micrograph


def require_own(request: Request, project_id: int, owner: int | None) -> None:
    """People change what is theirs, managers what is anyone's. `owner`: the id of the person whose it is."""
    if owner != person(request).pk:
        project_for(request, project_id, Right.MANAGE)


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


def export_for(request: Request, export_id: int, right: Right = Right.VIEW) -> Export:
    """The export, when its project is open to the person and they have the right."""
    export = get_object_or_404(Export.objects.select_related("project", "job"), pk=export_id)
    project_for(request, export.project_id, right)
    return export


def source_for(request: Request, project_id: int, source_id: int, right: Right = Right.VIEW) -> Source:
    """The source of a project that is open to the person, when they have the right."""
    project = project_for(request, project_id, right)
    return get_object_or_404(project.sources, pk=source_id)


def watched_for(request: Request, project_id: int, watched_id: int, right: Right = Right.VIEW) -> WatchedFolder:
    """The watched folder of a project that is open to the person, when they have the right."""
    project = project_for(request, project_id, right)
    return get_object_or_404(project.watched, pk=watched_id)


def webhook_for(request: Request, project_id: int, webhook_id: int) -> Webhook:
    """The webhook of a project that the person manages."""
    project = project_for(request, project_id, Right.MANAGE)
    return get_object_or_404(project.webhooks.select_related("project"), pk=webhook_id)


def _require(role: Role, right: Right) -> None:
    if not role.may(right):
        raise PermissionDenied(f"This requires the role {Role.least(right).value}; yours is {role.value}.")
