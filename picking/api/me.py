"""Who am I."""

from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import person


@api_view(["GET"])
def me(request: Request) -> Response:
    user = person(request)
    return Response({"id": user.pk, "username": user.username, "is_admin": user.is_staff})
