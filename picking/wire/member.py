"""Members, and the links by which others come."""

from typing import Annotated, TypedDict

from picking.models import Invitation, Membership, Role, SharedLink


class MemberWire(TypedDict):
    id: int
    username: str
    role: Annotated[str, Role]


class InvitationWire(TypedDict):
    """An open invitation, without its address. `uses`: how many have joined by it; `most_uses`: null for any number."""

    id: int
    role: Annotated[str, Role]
    created_by: int | None
    created_at: str
    expires_at: str
    uses: int
    most_uses: int | None


class SharedLinkWire(TypedDict):
    """A link that lets people without an account look, without its address. `guest`: who they are among those here."""

    id: int
    name: str
    guest: int
    created_by: int | None
    created_at: str
    expires_at: str
    last_opened_at: str | None


class LastSeenWire(TypedDict):
    """When a member last had a window on the project."""

    user: int
    at: str


def member_wire(membership: Membership) -> MemberWire:
    user = membership.user
    return {"id": user.pk, "username": user.username, "role": membership.role}


def guest_wire(link: SharedLink) -> MemberWire:
    """A guest as they are told of themselves."""
    return {"id": link.guest_id, "username": link.guest_name, "role": Role.VIEWER.value}


def invitation_wire(row: Invitation) -> InvitationWire:
    return {
        "id": row.pk,
        "role": row.role,
        "created_by": row.created_by_id,
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
        "uses": row.uses,
        "most_uses": row.most_uses,
    }


def shared_link_wire(link: SharedLink) -> SharedLinkWire:
    return {
        "id": link.pk,
        "name": link.name,
        "guest": link.guest_id,
        "created_by": link.created_by_id,
        "created_at": link.created_at.isoformat(),
        "expires_at": link.expires_at.isoformat(),
        "last_opened_at": link.last_opened_at.isoformat() if link.last_opened_at else None,
    }
