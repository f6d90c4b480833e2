"""Sign-in of API requests: the browser's session cookie, a shared link that it opened, or a program's token."""

from django.http import HttpRequest
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from picking.actions.people.attempts import Kind, TooManyAttempts, note_failure
from picking.actions.people.tokens import use_token
from picking.models import SharedLink, Token, User
from picking.server.client_address import address_of
from picking.signins import link_of


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer …`. A request with a token that does not hold is nobody's, whatever cookie it has."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = use_token(text.strip())
        if token is None:
            try:
                note_failure(Kind.TOKEN, address_of(request._request))
            except TooManyAttempts as refusal:
                raise Throttled(refusal.seconds) from refusal
            raise AuthenticationFailed(
                "This token does not hold: it has expired, was revoked, or never existed. Make a new one in CryoWeb, "
                "under your name → Access tokens."
            )
        return token.user, token

    def authenticate_header(self, request: Request | HttpRequest) -> str:
        """With it, people who are not signed in get 401 instead of 403, so that the page can tell the two apart."""
        return "Bearer"


class SessionAuthentication(authentication.SessionAuthentication):
    """The page's. Requests that change something need the CSRF token too.

    A browser that has opened a shared link, and in which nobody is signed in, is a guest's: it may only read.
    """

    def authenticate(self, request: Request) -> tuple[User, SharedLink | None] | None:
        found: tuple[User, None] | None = super().authenticate(request)
        return found or _guest(request)


def _guest(request: Request) -> tuple[User, SharedLink] | None:
    link = link_of(request._request.session)
    return (link.guest, link) if link else None
