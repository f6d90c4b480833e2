"""ETags: answers say which state they tell of, and requests which state they know."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from picking.api.http.errors import ChangedMeanwhile
from picking.models import Project

KNOWN = OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="an ETag: 304 while it holds")
MATCH = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description="an ETag: 412 once it holds no more")
UNCHANGED = {304: None}


def tag_of_project(request: Request, project: Project) -> str:
    """Of what is a function of the project's state, each change of which has a number, and of who asks: of blind
    micrographs people see their own marks alone, and one browser may be used by several of them."""
    return f'W/"{project.pk}-{project.sequence}-{request.user.pk}"'


def tag_of(shown: Mapping[str, Any]) -> str:
    """Of one row, by what is told of it."""
    return f'"{hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:20]}"'


def unless_known(request: Request, tag: str, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer with its tag, or 304 for those who have it."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    found = Response(status=304) if "*" in known or _weak(tag) in map(_weak, known) else answer()
    found["ETag"] = tag
    found["Cache-Control"] = "private, no-cache"
    return found


def unless_same(request: Request, shown: Any) -> HttpResponseBase:
    """The same for what changes without a number, by its content: that is right always, and saves the way alone."""
    body = orjson.dumps(shown, option=orjson.OPT_NON_STR_KEYS)
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    return unless_known(request, tag, lambda: HttpResponse(body, content_type="application/json"))


def require_match(request: Request, tag: str) -> None:
    """Raises ChangedMeanwhile where the request was made for another state."""
    wanted = parse_etags(request.headers.get("If-Match", "*") or "*")
    if "*" not in wanted and tag not in wanted:
        raise ChangedMeanwhile


def _weak(tag: str) -> str:
    return tag.removeprefix("W/")
