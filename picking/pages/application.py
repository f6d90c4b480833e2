"""The page that carries the single page application."""

import re

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie

from picking.pages.built import built_entry
from picking.signins import link_of

_PROJECT = re.compile("/projects/([0-9]+)")


@ensure_csrf_cookie
def page(request: HttpRequest) -> HttpResponse:
    """The same document for every address; the browser's router does the rest. Guests have one project alone."""
    if not request.user.is_authenticated:
        link = link_of(request.session)
        if link is None or request.path != f"/projects/{link.project_id}":
            return redirect_to_login(request.get_full_path())
    entry = built_entry()
    if entry is None:
        return HttpResponse("The frontend has not been built. Run “make build”.", status=503, content_type="text/plain")
    project = _PROJECT.fullmatch(request.path)
    return render(request, "picking/application.html", {"entry": entry, "project": project and project[1]})
