"""Sign-in of API requests: the browser's session cookie."""

from django.http import HttpRequest
from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """As DRF's, but people who are not signed in get 401 instead of 403, so that the page can tell the two apart."""

    def authenticate_header(self, request: Request | HttpRequest) -> str:
        return "Session"
