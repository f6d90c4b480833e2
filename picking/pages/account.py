"""One's own account: set or change the password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from picking.models import User
from picking.pages.forms import FirstPassword, NewPassword


@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """Someone who came by a link has no password yet, and is not asked for the old one."""
    assert isinstance(request.user, User)
    form: NewPassword | FirstPassword
    if request.user.has_usable_password():
        form = NewPassword(request.user, request.POST or None, request=request)
    else:
        form = FirstPassword(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, "Your new password is set.")
        return redirect("account")
    return render(request, "picking/account.html", {"form": form})
