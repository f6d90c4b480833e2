"""Who am I."""

from typing import TypedDict

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import person


class Me(TypedDict):
    """The person who asks. `is_admin`: of the server."""

    id: int
    username: str
    is_admin: bool


@extend_schema(responses=Me)
@api_view(["GET"])
def me(request: Request) -> Response:
    user = person(request)
    return Response(Me(id=user.pk, username=user.username, is_admin=user.is_staff))
