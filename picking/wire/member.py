"""Members."""

from typing import Annotated, TypedDict

from picking.models import Membership, Role


class MemberWire(TypedDict):
    id: int
    username: str
    role: Annotated[str, Role]


class LastSeenWire(TypedDict):
    """When a member last had a window on the project."""

    user: int
    at: str


def member_wire(membership: Membership) -> MemberWire:
    user = membership.user
    return {"id": user.pk, "username": user.username, "role": membership.role}
