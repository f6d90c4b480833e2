"""What Django shows when a request fails: in words where the reason is a full disk."""

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.defaults import server_error

from picking.room import FULL, says_full


def failed(request: HttpRequest) -> HttpResponse:
    """Called while the error is handled, also that of keeping a session, which no view sees."""
    if not says_full(sys.exception()):
        return server_error(request)
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": FULL}, status=507)
    return render(request, "picking/disk_full.html", status=507)
