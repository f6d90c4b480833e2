"""Join a project by invitation, with an existing account or a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from picking.actions.projects.members import join, open_invitation
from picking.models import User
from picking.pages.entering import enter
from picking.pages.forms import NewAccount
from picking.pages.guesses import wrong_link
from picking.refusals import Refused


def join_project(request: HttpRequest, token: str) -> HttpResponse:
    """Someone signed in is asked whether to join; others make an account, or sign in first."""
    invitation = open_invitation(token)
    if invitation is None:
        return wrong_link(request) or render(request, "picking/invitation_gone.html", status=410)
    form = _form(request)
    if request.method == "POST" and (form is None or form.is_valid()):
        user = request.user if form is None else form.save()
        assert isinstance(user, User)
        try:
            project = join(token, user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("/")
        to = f"/projects/{project.pk}"
        return redirect(to) if form is None else enter(request, user, "invitation", to)
    return render(request, "picking/join.html", {"invitation": invitation, "form": form})


def _form(request: HttpRequest) -> NewAccount | None:
    if request.user.is_authenticated:
        return None
    return NewAccount(request.POST or None)
