"""Noting in which browsers people are signed in, and when these were last used."""

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest

from picking.actions.people.browsers import note_browser
from picking.models import User
from picking.server.client_address import ip_of
from picking.server.seldom import Seldom

NOTED_EVERY_SECONDS = 60
_noting = Seldom(NOTED_EVERY_SECONDS)


class Authentication(AuthenticationMiddleware):
    """Django's, which also notes once a minute that a session was used."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if key and _noting.is_due(key) and isinstance(request.user, User) and request.session.session_key:
            agent = request.headers.get("User-Agent", "")
            note_browser(request.user, request.session.session_key, ip_of(request), agent)
