"""Members."""

from typing import Annotated, TypedDict

from picking.models import Membership, Role


class MemberWire(TypedDict):
    id: int
    username: str
    role: Annotated[str, Role]


def member_wire(membership: Membership) -> MemberWire:
    user = membership.user
    return {"id": user.pk, "username": user.username, "role": membership.role}
