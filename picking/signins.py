"""Who is still signed in, for what outlives a request: sockets, and the addresses of tiles.

Django checks the same at every request: the session exists, its user is active, and the password has not changed.

A browser that has opened a shared link has a guest in its session. Who signs in with an account goes before the guest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http.cookie import parse_cookie
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from picking.models import SharedLink, User

GUEST = "guest"
"""Of a session: the user that stands for the guests of a shared link."""

FIRST_GUEST = 2**48
"""No user has so large a number, and JavaScript counts further."""


@dataclass(frozen=True)
class SignIn:
    """One person's session in one browser. `mark` tells the password that the person had when it began.

    `guest`: came by a shared link, has no password, and shares the user with others who did.
    """

    session: str
    user: int
    mark: str
    guest: bool = False

    @property
    def here(self) -> int:
        """Who this is among those here: the user; of guests each browser, by a number that is no user's.

        It tells nothing of the session: of its hash there are 48 bits.
        """
        if not self.guest:
            return self.user
        return FIRST_GUEST + int.from_bytes(sha256(self.session.encode()).digest()[:6])

    @property
    def tag(self) -> str:
        """What tells guests of one link apart, for people."""
        return f"{self.here % 900 + 100}"


def sign_in_of(session: SessionBase) -> SignIn | None:
    """The sign-in of a session, or None if nobody is signed in."""
    user, mark = session.get(SESSION_KEY), session.get(HASH_SESSION_KEY)
    if session.session_key and user and mark:
        return SignIn(session.session_key, int(user), mark)
    guest = session.get(GUEST)
    return SignIn(session.session_key, guest, "", guest=True) if session.session_key and guest else None


@dataclass(frozen=True)
class Visitor:
    """Whose browser it is. `user`: of guests the one that their link has; None where that holds no more."""

    sign_in: SignIn
    user: User | None
    name: str


def visitor(key: str) -> Visitor | None:
    """Who is signed in, by the value of the browser's cookie; None where nobody is."""
    session = SessionStore(key)
    sign_in = sign_in_of(session)
    if sign_in is None or ended([sign_in]):
        return None
    if sign_in.guest:
        link = link_of(session)
        name = f"{link.guest_name} · {sign_in.tag}" if link else ""
        return Visitor(sign_in, link.guest if link else None, name)
    user = User.objects.get(pk=sign_in.user)
    return Visitor(sign_in, user, user.username)


def session_key(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The value of the browser's cookie, in the headers of a request or a socket; empty where there is none."""
    cookies = "; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie")
    return parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")


def sign_in_by_key(key: str) -> SignIn | None:
    """As `sign_in_of`, by the value of the browser's cookie."""
    return sign_in_of(SessionStore(key))


def come_by(link: SharedLink, session: SessionBase) -> None:
    """The browser of this session is a guest's from now on."""
    session.cycle_key()
    session[GUEST] = link.guest_id


def link_of(session: SessionBase) -> SharedLink | None:
    """The link that a session's guest came by, while it holds."""
    guest = session.get(GUEST)
    return SharedLink.valid().select_related("guest").filter(guest=guest).first() if guest else None


def revoked(sign_ins: Iterable[SignIn]) -> set[SignIn]:
    """Those guests of `sign_ins` whose link holds no more. One query, where there are any."""
    guests = {each for each in sign_ins if each.guest}
    if not guests:
        return set()
    valid = set(SharedLink.valid().filter(guest__in={each.user for each in guests}).values_list("guest", flat=True))
    return {each for each in guests if each.user not in valid}


def ended(sign_ins: Iterable[SignIn]) -> set[SignIn]:
    """Those of `sign_ins` that are no longer valid: signed out, expired, new password, or no account. Two queries."""
    asked = set(sign_ins)
    sessions = Session.objects.filter(
        session_key__in={each.session for each in asked}, expire_date__gt=timezone.now()
    ).values_list("session_key", flat=True)
    there = set(sessions)
    people = User.objects.filter(pk__in={each.user for each in asked if not each.guest}, is_active=True)
    marks = {person.pk: person.get_session_auth_hash() for person in people}
    return {
        each
        for each in asked
        if each.session not in there or not (each.guest or constant_time_compare(each.mark, marks.get(each.user, "")))
    }
