"""Signing in: with name and password, or by a one-time link, as `make run` prints for the first administrator.

A second factor is asked for after either; a link takes the place of the password alone.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from picking.models import User
from picking.pages.entering import enter
from picking.pages.forms import SignIn
from picking.pages.guesses import TOO_MANY, wrong_link


class SignInPage(LoginView):
    """Name and password."""

    template_name = "picking/signin.html"
    authentication_form = SignIn
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ways = {
            "mail": settings.CRYOWEB_MAIL,
            "signups": settings.CRYOWEB_SIGNUPS,
            "single_sign_on": settings.CRYOWEB_OIDC_NAME,
        }
        return {**super().get_context_data(**kwargs), **ways}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        assert isinstance(user, User)
        return enter(self.request, user, "password", self.get_success_url())

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Programs learn from the status and a header when to try again, people from the page."""
        page = super().form_invalid(form)
        for error in form.non_field_errors().as_data():
            if error.code == TOO_MANY and error.params:
                page.status_code = 429
                page["Retry-After"] = str(error.params["seconds"])
        return page


class LinkTokens(PasswordResetTokenGenerator):
    """Django's one-time tokens: they carry the time of the last sign-in, and so end with their use.

    They end also where all sign-ins of the account are ended.
    """

    key_salt = "picking.pages.signing_in"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        of_django: str = super()._make_hash_value(user, timestamp)
        return f"{of_django} {user.sign_ins_ended}" if user.sign_ins_ended else of_django


tokens = LinkTokens()


def signin_path(user: User) -> str:
    """The path of a link that signs `user` in once."""
    return reverse("signin-link", args=[user.pk, tokens.make_token(user)])


@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, user_id: str, token: str) -> HttpResponse:
    """Asks with GET and signs in with POST, so that a program that previews links does not use them up."""
    user = User.objects.filter(pk=user_id, is_active=True).first() if user_id.isdecimal() else None
    if user is None or not tokens.check_token(user, token):
        if request.user.is_authenticated:
            return redirect("/")
        if answer := wrong_link(request):
            return answer
        messages.error(request, "This sign-in link has been used or has expired. Ask an administrator for a new one.")
        return redirect("signin")
    if request.method == "POST":
        return enter(request, user, "link")
    return render(request, "picking/signin_link.html", {"person": user})
