"""One's own account: the password, and where one is signed in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from picking.actions.people.browsers import end_all_sign_ins, end_browser
from picking.models import User
from picking.pages.forms import FirstPassword, NewPassword
from picking.queries.server.people import browsers, has_second_factor


@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Shows all of it, and sets the password. Someone who came by a link has none yet, and is not asked for it."""
    user = request.user
    assert isinstance(user, User)
    form: NewPassword | FirstPassword
    if user.has_usable_password():
        form = NewPassword(user, request.POST or None, request=request)
    else:
        form = FirstPassword(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, "Your new password is set.")
        return redirect("account")
    shown = {
        "form": form,
        "browsers": browsers(user, request.session.session_key),
        "second_factor": has_second_factor(user),
        "single_sign_on": settings.CRYOWEB_OIDC_NAME,
        "mail": settings.CRYOWEB_MAIL,
    }
    return render(request, "picking/account.html", shown)


@login_required
@require_POST
def sign_out_browser(request: HttpRequest, browser_id: int) -> HttpResponse:
    """In one browser, which may be this one."""
    assert isinstance(request.user, User)
    if not end_browser(request.user, browser_id):
        raise Http404
    messages.success(request, "Signed out there.")
    return redirect("account")


@login_required
@require_POST
def sign_out_others(request: HttpRequest) -> HttpResponse:
    """In all browsers but this one."""
    assert isinstance(request.user, User)
    end_all_sign_ins(request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, "Signed out everywhere else.")
    return redirect("account")
