"""The page that carries the single page application."""

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie


@login_required
@ensure_csrf_cookie
def page(request: HttpRequest) -> HttpResponse:
    """The same document for every address; the browser's router does the rest."""
    entry = built_entry()
    if entry is None:
        return HttpResponse("The frontend is not built. Run “make build”.", status=503, content_type="text/plain")
    return render(request, "picking/application.html", {"entry": entry})


def health(request: HttpRequest) -> HttpResponse:
    """For whoever waits for the server to be up."""
    return HttpResponse("ok", content_type="text/plain")


@lru_cache
def built_entry() -> dict[str, Any] | None:
    """Vite's entry: the script and style sheets with the hashes of their content in their names."""
    try:
        manifest = json.loads((settings.FRONTEND_DIST / ".vite" / "manifest.json").read_text())
    except FileNotFoundError:
        return None
    entry: dict[str, Any] = next(chunk for chunk in manifest.values() if chunk.get("isEntry"))
    return entry
