"""The one way into an account, whatever somebody has shown: what else there is to show is asked next."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from picking.models import User


def enter(request: HttpRequest, user: User, method: str, to: str = "/") -> HttpResponse:
    """Signs `user` in and leads to an address, or first to the page that asks for the second factor.

    `method`: what was shown, “password” say. Somebody else who is signed in here is not any more.
    """
    if request.user.is_authenticated and request.user.pk != user.pk:
        logout(request)
    record_authentication(request, user, method)
    answer: HttpResponse = perform_login(request, Login(user=user, redirect_url=to))
    return answer
