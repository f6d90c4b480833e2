"""Who am I."""

from typing import TypedDict

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import person, token_of
from picking.api.tokens import TokenWire, token_wire


class Me(TypedDict):
    """The person who asks. `is_admin`: of the server. `token`: with which they ask; null for a browser."""

    id: int
    username: str
    is_admin: bool
    token: TokenWire | None


@extend_schema(responses=Me)
@api_view(["GET"])
def me(request: Request) -> Response:
    user, token = person(request), token_of(request)
    shown = token_wire(token) if token else None
    return Response(Me(id=user.pk, username=user.username, is_admin=user.is_staff, token=shown))
