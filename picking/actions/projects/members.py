"""Add, change and remove the members of a project; invite people by link."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.db.models import F
from django.utils import timezone

from picking import events, wire
from picking.actions.labelling.queue import free_unfinished
from picking.actions.locked_project import locked_project
from picking.actions.people.hashes import hash_of
from picking.actions.projects.shared_links import revoke_locked
from picking.models import Invitation, Membership, Project, Right, Role, User
from picking.refusals import Refused

MOST_INVITATIONS = 100
GONE = "This invitation has been used up, was revoked, or has expired. Ask for a new one."


@dataclass(frozen=True)
class NewInvitation:
    """`most_uses`: how many people may join by it; None for any number."""

    role: Role
    lasts: timedelta = timedelta(days=7)
    most_uses: int | None = 1


def add_member(project_id: int, actor: User, username: str, role: Role) -> Membership:
    """Makes the person of that name a member. Raises Refused when there is none, or when they are one already."""
    with locked_project(project_id) as project:
        user = User.objects.filter(username=User.normalize_username(username), is_active=True).first()
        if user is None:
            raise Refused(f"There is no account named “{username}”. Send an invitation link instead.")
        if project.memberships.filter(user=user).exists():
            raise Refused(f"{username} is already a member.")
        return _set_member(project, actor, user, role)


def change_role(project_id: int, actor: User, user_id: int, role: Role) -> Membership:
    """Gives a member another role. Raises Refused when the project would be left without an owner."""
    with locked_project(project_id) as project:
        membership = project.memberships.select_related("user").get(user_id=user_id)
        if role != Role.OWNER:
            _require_other_owner(membership)
            _withdraw_invitations(project, user_id, role, actor)
        if not role.may(Right.ANNOTATE):
            free_unfinished(project, user_id, actor)
        return _set_member(project, actor, membership.user, role)


def remove_member(project_id: int, actor: User, user_id: int) -> None:
    """Takes a member out, with the links they have made. Their labels stay; what they had not finished is free.

    Raises Refused for the last owner.
    """
    with locked_project(project_id) as project:
        membership = project.memberships.get(user_id=user_id)
        _require_other_owner(membership)
        membership.delete()
        _withdraw_invitations(project, user_id, None, actor)
        for link in project.shared_links.filter(created_by=user_id):
            revoke_locked(project, link, actor)
        free_unfinished(project, user_id, actor)
        events.append(project, events.MemberRemoved(id=user_id), actor)


def invite(project_id: int, actor: User, wanted: NewInvitation) -> tuple[Invitation, str]:
    """An invitation and its token, which is known now and never again. Raises Refused for too many."""
    with locked_project(project_id) as project:
        if Invitation.valid().filter(project=project).count() >= MOST_INVITATIONS:
            raise Refused(f"The project has {MOST_INVITATIONS} open invitations. Revoke some that nobody uses.")
        token = secrets.token_urlsafe(24)
        invitation = Invitation.objects.create(
            project=project,
            role=wanted.role,
            token_hash=hash_of(token),
            expires_at=timezone.now() + wanted.lasts,
            most_uses=wanted.most_uses,
            created_by=actor,
        )
        _tell_invitation(project, invitation, actor, "made")
    return invitation, token


def revoke_invitation(invitation: Invitation, actor: User) -> None:
    """Nobody joins by it any more. Who has joined stays."""
    with locked_project(invitation.project_id) as project:
        _revoke(project, invitation, actor)


def open_invitation(token: str) -> Invitation | None:
    """The invitation behind a token, when it can still be used."""
    return Invitation.valid().select_related("project").filter(token_hash=hash_of(token)).first()


def join(token: str, user: User) -> Project:
    """Makes `user` a member by invitation. Raises Refused when the link is used up, revoked or out of time.

    Someone who is already a member keeps their role, and the link stays valid for the person it was meant for.
    """
    invitation = open_invitation(token)
    if invitation is None:
        raise Refused(GONE)
    with locked_project(invitation.project_id) as project:
        if project.memberships.filter(user=user).exists():
            return project
        if not Invitation.valid().filter(pk=invitation.pk).update(uses=F("uses") + 1):
            raise Refused(GONE)
        _set_member(project, user, user, Role(invitation.role), joined=True)
    return project


def clear_old_invitations() -> int:
    """Deletes those that can no longer be used, and returns how many."""
    count, _ = Invitation.objects.filter(expires_at__lt=timezone.now()).delete()
    return count


def _set_member(project: Project, actor: User, user: User, role: Role, joined: bool = False) -> Membership:
    membership, _ = Membership.objects.update_or_create(project=project, user=user, defaults={"role": role})
    events.append(project, events.MemberChanged(wire.member_wire(membership), joined), actor)
    return membership


def _revoke(project: Project, invitation: Invitation, actor: User) -> None:
    invitation.delete()
    _tell_invitation(project, invitation, actor, "removed")


def _tell_invitation(project: Project, of: Invitation, actor: User, change: Literal["made", "removed"]) -> None:
    events.append(project, events.AccessChanged(what="invitation", name=of.role, change=change), actor)


def _withdraw_invitations(project: Project, user_id: int, role: Role | None, actor: User) -> None:
    """Nobody gets back what they have lost through a link of their own. `role`: theirs from now on."""
    may_give = [other for other in Role if role and role.may(other.given_with)]
    for invitation in project.invitations.filter(created_by=user_id).exclude(role__in=may_give):
        _revoke(project, invitation, actor)


def _require_other_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(project_id=membership.project_id, role=Role.OWNER)
    if membership.role == Role.OWNER and not owners.exclude(pk=membership.pk).exists():
        raise Refused("A project needs an owner. Make someone else an owner first.")
