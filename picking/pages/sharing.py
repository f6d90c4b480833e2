"""Come by a shared link, without an account."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from picking import signins
from picking.access import standing
from picking.actions.projects.shared_links import open_shared
from picking.pages.guesses import wrong_link


@never_cache
def open_project(request: HttpRequest, token: str) -> HttpResponse:
    """Leads on at once, so that the token is in no page's address. Someone signed in is asked before they are not.

    Members of the project go there as themselves.
    """
    link = open_shared(token)
    if link is None:
        return wrong_link(request) or render(request, "picking/shared_gone.html", status=410)
    if request.user.is_authenticated and not standing(request.user.pk, link.project_id):
        if request.method != "POST":
            return render(request, "picking/shared.html", {"link": link})
        logout(request)
    if not request.user.is_authenticated:
        signins.come_by(link, request.session)
    return redirect(f"/projects/{link.project_id}")
