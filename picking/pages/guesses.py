"""Sign-in pages count what was wrong, and say when to try again (picking/actions/people/attempts.py)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from picking.actions.people.attempts import Kind, TooManyAttempts, attempt_succeeded, begin_attempt, note_failure
from picking.server.client_address import address_of

TOO_MANY = "too_many"
"""The code of that error in a form."""


@contextmanager
def one_attempt(request: HttpRequest, name: str, kind: Kind = Kind.PASSWORD) -> Iterator[None]:
    """Around the check of a password or a code, which raises ValidationError if it is wrong, and so for too many."""
    try:
        attempt = begin_attempt(kind, address_of(request), name)
    except TooManyAttempts as refusal:
        raise ValidationError(str(refusal), code=TOO_MANY, params={"seconds": refusal.seconds}) from refusal
    yield
    attempt_succeeded(attempt)


def too_many(request: HttpRequest, refusal: TooManyAttempts) -> HttpResponse:
    """The page that says so."""
    page = render(request, "picking/too_many.html", {"refusal": refusal}, status=429)
    page["Retry-After"] = str(refusal.seconds)
    return page


def wrong_link(request: HttpRequest) -> HttpResponse | None:
    """Counts a link that does not hold. Gives the page for too many of them."""
    try:
        note_failure(Kind.LINK, address_of(request))
    except TooManyAttempts as refusal:
        return too_many(request, refusal)
    return None
