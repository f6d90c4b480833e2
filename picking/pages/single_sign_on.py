"""Signing in by another server that knows the people, as OpenID Connect says it (docs/accounts.md)."""

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.decorators import rate_limit
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.socialaccount.views import connections as allauth_connections
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from picking.models import User

EVERYBODY = "*"
GROUP = "%"


class AlwaysVerified(OpenIDConnectOAuth2Adapter):
    """Looks at the signature also where the token came straight from the provider."""

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> Any:
        data = super().get_access_token_data(*args, **kwargs)
        self.did_fetch_access_token = False
        return data


@require_POST
@rate_limit(action="login")  # type: ignore[untyped-decorator]
@never_cache
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leads to the provider by a page: browsers hold redirects of a form to our policy, and its address may change."""
    _require_provider()
    try:
        answer = OAuth2LoginView.adapter_view(AlwaysVerified(request, provider_id))(request)
    except RequestException:
        return _refused(request, "It cannot be reached at the moment. Try again later, or sign in another way.", 502)
    if answer.status_code != 302:
        return HttpResponse(answer)
    return render(request, "socialaccount/leaving.html", {"to": answer["Location"]})


@require_safe
@rate_limit(action="login")  # type: ignore[untyped-decorator]
@never_cache
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends people back to."""
    _require_provider()
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(AlwaysVerified(request, provider_id))(request)
    except (KeyError, ValueError):  # answers that are not as the standard has them
        return _refused(request, "What it answered cannot be understood.", 502)
    return answer


@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """Who stops at the provider comes here."""
    _require_provider()
    return render(request, "socialaccount/login_cancelled.html")


@login_required
def connections(request: HttpRequest) -> HttpResponse:
    """One's own connection to the provider."""
    _require_provider()
    answer: HttpResponse = allauth_connections(request)
    return answer


class SingleSignOn(DefaultSocialAccountAdapter):
    """Who may come in, and as whom."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Raises ImmediateHttpResponse for those who may not."""
        told: Mapping[str, Any] = sociallogin.account.extra_data
        said, token = told.get("userinfo") or {}, told.get("id_token") or {}
        if said and token and said.get("sub") != token.get("sub"):
            raise ImmediateHttpResponse(_refused(request, "What it answered cannot be understood.", 502))
        if not may_come_in({**token, **said}, settings.CRYOWEB_OIDC_WHO):
            raise ImmediateHttpResponse(_refused(request, "You are signed in there, but may not come in here.", 403))
        sociallogin.email_addresses = [each for each in sociallogin.email_addresses if each.verified]
        if not sociallogin.email_addresses:
            sociallogin.user.email = sociallogin.user.email if sociallogin.is_existing else ""
        if not sociallogin.is_existing and sociallogin.state.get("process") != "connect":
            self._require_new_account(request, sociallogin)

    def _require_new_account(self, request: HttpRequest, sociallogin: Any) -> None:
        if not settings.CRYOWEB_OIDC_NEW_ACCOUNTS:
            words = (
                "You have no account here. Ask an administrator for one, with the e-mail address that you have there."
            )
            raise ImmediateHttpResponse(_refused(request, words, 403))
        for address in sociallogin.email_addresses:
            theirs = Q(email__iexact=address.email) | Q(emailaddress__email__iexact=address.email)
            if User.objects.filter(theirs).exists():
                words = (
                    "An account here has your e-mail address, but it was never confirmed. Sign in to that account "
                    "another way, and connect it under your name."
                )
                raise ImmediateHttpResponse(_refused(request, words, 403))

    def authenticate_by_email(self, sociallogin: Any) -> tuple[User, str] | None:
        """Only where both servers know that the address is this person's."""
        for told in sociallogin.email_addresses:
            if told.verified:
                ours = EmailAddress.objects.filter(email__iexact=told.email, verified=True).select_related("user")
                if len(found := list(ours)) == 1:
                    return found[0].user, told.email
        return None

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return bool(settings.CRYOWEB_OIDC_NEW_ACCOUNTS)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("socialaccount_connections")


def may_come_in(claims: Mapping[str, Any], who: list[str]) -> bool:
    """Whether one of `who` means this person: `*`, `%group`, `@domain` or an address; the last two if confirmed.

    Nobody named: whoever has an account here.
    """
    address = str(claims.get("email", "")).lower() if claims.get("email_verified") in (True, "true") else ""
    groups = claims.get("groups")
    groups = groups if isinstance(groups, list) else []
    means = {EVERYBODY, *(f"{GROUP}{str(group).lstrip('/')}" for group in groups)}
    if address:
        means |= {address, "@" + address.rpartition("@")[2]}
    return not who or any((each if each[:1] == GROUP else each.lower()) in means for each in who)


def _require_provider() -> None:
    if not settings.CRYOWEB_OIDC_NAME:
        raise Http404


def _refused(request: HttpRequest, words: str, status: int) -> HttpResponse:
    shown = {"name": settings.CRYOWEB_OIDC_NAME, "words": words}
    return render(request, "socialaccount/refused.html", shown, status=status)
