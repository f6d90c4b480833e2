"""The people with an account on this server, and what administrators do for them."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from picking.actions.people.accounts import (
    NewPerson,
    disable_person,
    enable_person,
    make_person,
    reset_second_factor,
    set_administrator,
)
from picking.models import User
from picking.pages.forms import NewPersonForm
from picking.pages.signing_in import signin_path
from picking.queries.server.people import LISTED, people
from picking.refusals import Refused

P = ParamSpec("P")


def administrators_only(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For others with an account there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.is_superuser:
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(guarded)


@administrators_only
@require_safe
def list_people(request: HttpRequest) -> HttpResponse:
    """Everybody, or those whom a search finds."""
    search = request.GET.get("search", "").strip()
    found = people(search)
    shown = {"people": found[:LISTED], "number": found.count(), "search": search}
    return render(request, "picking/people/list.html", shown)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Makes an account, and shows the link for its person or sends it to them."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = make_person(NewPerson(**form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _hand_over(request, user)
    return render(request, "picking/people/new.html", {"form": form})


@administrators_only
@require_safe
def one_person(request: HttpRequest, user_id: int) -> HttpResponse:
    """What there is to know and to do."""
    shown = {"person": _person(user_id), "mail": settings.CRYOWEB_MAIL}
    return render(request, "picking/people/person.html", shown)


@administrators_only
@require_POST
def give_link(request: HttpRequest, user_id: int) -> HttpResponse:
    """A new one-time link, for whoever lost the password."""
    person = _person(user_id)
    if not person.is_active:
        messages.error(request, "Enable the account first.")
        return redirect("person", user_id)
    return _hand_over(request, person)


@administrators_only
@require_POST
def change_person(request: HttpRequest, user_id: int, change: str) -> HttpResponse:
    """One of CHANGES."""
    assert isinstance(request.user, User)
    person = _person(user_id)
    do, said = CHANGES[change]
    try:
        do(person.pk, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said.format(person.username))
    return redirect("person", user_id)


CHANGES: dict[str, tuple[Callable[[int, User], Any], str]] = {
    "disable": (disable_person, "{} cannot sign in any more, and is signed out everywhere."),
    "enable": (enable_person, "{} can sign in again."),
    "make-administrator": (lambda pk, actor: set_administrator(pk, actor, True), "{} is an administrator."),
    "no-administrator": (lambda pk, actor: set_administrator(pk, actor, False), "{} is no administrator any more."),
    "reset-second-factor": (lambda pk, _: reset_second_factor(pk), "{} signs in without a second factor again."),
}


def _person(user_id: int) -> User:
    return get_object_or_404(people(), pk=user_id)


def _hand_over(request: HttpRequest, person: User) -> HttpResponse:
    """By e-mail, where there are mail and an address; else the administrator gets to see it."""
    link = request.build_absolute_uri(signin_path(person))
    sent = bool(settings.CRYOWEB_MAIL and person.email)
    if sent:
        words = render_to_string("picking/people/link_mail.txt", {"person": person, "link": link})
        sent = bool(send_mail("[CryoWeb] Your account", words, None, [person.email], fail_silently=True))
    return render(request, "picking/people/link.html", {"person": person, "link": link, "sent": sent})
