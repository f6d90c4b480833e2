"""What Django shows when a request fails: in words where the reason is a full disk, or the server's name."""

import sys

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from picking.observed import request_id
from picking.problems import MEDIA_TYPE, problem_bytes
from picking.room import FULL, says_full

FAILED = "The server had a problem, which is in its log. Try again in a moment, and tell your administrator if it lasts"

WRONG = "The server cannot make sense of this request."
OTHER_NAME = (
    "This server does not go by the name in the address. Use another address, or have its administrator add the name "
    "to CRYOWEB_HOSTS."
)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Called where Django takes a request for wrong or suspicious before any view sees it."""
    words = OTHER_NAME if isinstance(exception, DisallowedHost) else WRONG
    if request.path.startswith("/api/"):
        return HttpResponse(problem_bytes(400, words), status=400, content_type=MEDIA_TYPE)
    return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")


def failed(request: HttpRequest) -> HttpResponse:
    """Called while the error is handled, also that of keeping a session, which no view sees."""
    full = says_full(sys.exception())
    if request.path.startswith("/api/"):
        status, words = (507, FULL) if full else (500, words_of(request_id()))
        return HttpResponse(problem_bytes(status, words), status=status, content_type=MEDIA_TYPE)
    if not full:
        return render(request, "picking/failed.html", {"words": words_of(request_id())}, status=500)
    return render(request, "picking/disk_full.html", status=507)


def words_of(number: str) -> str:
    """For people, who can tell the administrator where to look in the log."""
    return f"{FAILED}: it is request {number}." if number else f"{FAILED}."
