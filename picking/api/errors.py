"""One shape for every error: {"detail": a sentence for people}, or a sentence for each wrong field."""

from typing import Any

from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import exception_handler

from picking.refusals import Conflict, Refused
from picking.room import FULL, says_full


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's handler, which also knows the refusals of actions."""
    if isinstance(error, Refused):
        code = status.HTTP_409_CONFLICT if isinstance(error, Conflict) else status.HTTP_400_BAD_REQUEST
        return Response({"detail": str(error), **vars(error)}, status=code)
    if says_full(error):
        return Response({"detail": FULL}, status=status.HTTP_507_INSUFFICIENT_STORAGE)
    if isinstance(error, Http404 | OverflowError):  # an id that no database holds; Django's words name our tables
        error = NotFound()
    return exception_handler(error, context)
