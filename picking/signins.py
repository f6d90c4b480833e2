"""Who is still signed in, for what outlives a request: sockets, and the addresses of tiles.

Django checks the same at every request: the session exists, its user is active, and the password has not changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from picking.models import User


@dataclass(frozen=True)
class SignIn:
    """One person's session in one browser. `mark` tells the password that the person had when it began."""

    session: str
    user: int
    mark: str


def sign_in_of(session: SessionBase) -> SignIn | None:
    """The sign-in of a session, or None if nobody is signed in."""
    user, mark = session.get(SESSION_KEY), session.get(HASH_SESSION_KEY)
    return SignIn(session.session_key, int(user), mark) if session.session_key and user and mark else None


def sign_in_by_key(key: str) -> SignIn | None:
    """As `sign_in_of`, by the value of the browser's cookie."""
    return sign_in_of(SessionStore(key))


def ended(sign_ins: Iterable[SignIn]) -> set[SignIn]:
    """Those of `sign_ins` that are no longer valid: signed out, expired, new password, or no account. Two queries."""
    asked = set(sign_ins)
    sessions = Session.objects.filter(
        session_key__in={each.session for each in asked}, expire_date__gt=timezone.now()
    ).values_list("session_key", flat=True)
    there = set(sessions)
    people = User.objects.filter(pk__in={each.user for each in asked}, is_active=True)
    marks = {person.pk: person.get_session_auth_hash() for person in people}
    return {
        each
        for each in asked
        if each.session not in there or not constant_time_compare(each.mark, marks.get(each.user, ""))
    }
