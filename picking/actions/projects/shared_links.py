"""Make, open and revoke the links with which people without an account look at a project."""

import secrets
from datetime import timedelta
from typing import Literal

from django.utils import timezone

from picking import events
from picking.actions.locked_project import locked_project
from picking.actions.names import fit_name
from picking.actions.people.hashes import hash_of
from picking.models import Project, SharedLink, User
from picking.refusals import Refused
from picking.room import says_full

MOST = 100
GUESTS = "guest "
"""How the names begin of the users that stand for guests; with a space, as no account's does."""


def share(project_id: int, actor: User, name: str, lasts: timedelta) -> tuple[SharedLink, str]:
    """The link and its token, which is known now and never again. Raises Refused for no name, and for too many."""
    fit = fit_name(name)
    if not fit:
        raise Refused("A shared link needs a name: say whom it is for.")
    with locked_project(project_id) as project:
        if SharedLink.valid().filter(project=project).count() >= MOST:
            raise Refused(f"The project has {MOST} shared links. Revoke some that nobody uses.")
        token = secrets.token_urlsafe(32)
        guest = User(username=GUESTS + secrets.token_hex(8), is_active=False)
        guest.set_unusable_password()
        guest.save()
        link = SharedLink.objects.create(
            project=project,
            guest=guest,
            name=fit,
            token_hash=hash_of(token),
            created_by=actor,
            expires_at=timezone.now() + lasts,
        )
        _tell(project, link, actor, "made")
    return link, token


def open_shared(token: str) -> SharedLink | None:
    """The link behind a token, noted as opened; None when there is none, or not any more."""
    link = SharedLink.valid().select_related("project").filter(token_hash=hash_of(token)).first()
    if link is None:
        return None
    try:
        SharedLink.objects.filter(pk=link.pk).update(last_opened_at=timezone.now())
    except Exception as error:
        if not says_full(error):
            raise
    return link


def revoke_shared(link: SharedLink, actor: User) -> None:
    """Whoever came by it sees no more from now on."""
    with locked_project(link.project_id) as project:
        revoke_locked(project, link, actor)


def revoke_locked(project: Project, link: SharedLink, actor: User) -> None:
    """The same, of a project that is locked already."""
    User.objects.filter(pk=link.guest_id).delete()  # and the link with it
    _tell(project, link, actor, "removed")


def clear_old_shared_links() -> int:
    """Deletes the guests of links that have run out or went with their project, and returns how many."""
    last = SharedLink.including_deleted.filter(expires_at__gt=timezone.now())  # a deleted project may come back
    past = User.objects.filter(username__startswith=GUESTS).exclude(shared_link__in=last)
    _, deleted = past.delete()
    return deleted.get("picking.User", 0)


def _tell(project: Project, link: SharedLink, actor: User, change: Literal["made", "removed"]) -> None:
    events.append(project, events.AccessChanged(what="shared_link", name=link.name, change=change), actor)
