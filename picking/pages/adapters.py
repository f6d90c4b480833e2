"""Where django-allauth asks what to do (cryoweb/accounts.py names these)."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest

from picking.models import User
from picking.pages.guesses import one_attempt
from picking.server.client_address import ip_of

log = logging.getLogger(__name__)


class Accounts(DefaultAccountAdapter):
    """Passwords are counted as on the sign-in page, and addresses are those that we count by."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_password": "Wrong password.",
        "incorrect_code": "Wrong code.",
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User:
        """Raises ValidationError for a wrong one, and for too many of them."""
        name = credentials.get("username", "")
        with one_attempt(request, name):
            found = authenticate(request, username=name, password=credentials.get("password"))
            if found is None:
                raise self.validation_error("incorrect_password")
        assert isinstance(found, User)
        return found

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.CRYOWEB_SIGNUPS)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that does not answer fails no page: it is said there, and is in the log."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # of the network, and all of smtplib
            log.error("a mail could not be sent: %s", error)
            messages.error(self.request, "The mail could not be sent. Try again later, or ask an administrator.")

    def get_client_ip(self, request: HttpRequest) -> str:
        return ip_of(request)

    def get_login_stages(self) -> list[str]:
        """With our own stage for e-mail addresses, and without those that we have no addresses for."""
        return ["picking.pages.adapters.ConfirmAddress", "allauth.mfa.stages.AuthenticateStage"]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of those who have nothing to show again: they came by a one-time link, or by single sign-on."""
        return bool(get_reauthentication_flows(context.request.user))


class ConfirmAddress(EmailVerificationStage):
    """Who has signed up confirms the address before the first sign-in.

    No user: allauth answers somebody who signs up with an address that is taken as it answers everybody.
    """

    def handle(self) -> Any:
        user = self.login.user
        if settings.CRYOWEB_MAIL and (user is None or _has_just_signed_up(user)):
            self.login.email_verification = "mandatory"
            return super().handle()
        return None, True


def _has_just_signed_up(user: User) -> bool:
    return user.last_login is None and bool(EmailAddress.objects.filter(user=user).exists())


class SecondFactor(DefaultMFAAdapter):
    """Names as our pages have them."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": "Wrong code."}

    def _get_site_name(self) -> str:
        return "CryoWeb"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return "Passkey"
