"""Who am I."""

from typing import TypedDict

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from picking.access import link_of, person, token_of
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.people.tokens import TokenWire, token_wire


class Me(TypedDict):
    """The person who asks. `is_admin`: of the server. `guest`: who came by a shared link and has no account.

    `token`: with which they ask; null for a browser.
    """

    id: int
    username: str
    is_admin: bool
    guest: bool
    token: TokenWire | None


@extend_schema(parameters=[KNOWN], responses={200: Me, **UNCHANGED})
@api_view(["GET"])
@permission_classes([IsAuthenticated])
def me(request: Request) -> HttpResponseBase:
    user, token, link = person(request), token_of(request), link_of(request)
    found = Me(
        id=user.pk,
        username=link.guest_name if link else user.username,
        is_admin=user.is_superuser,
        guest=link is not None,
        token=token_wire(token) if token else None,
    )
    return unless_same(request, found)
