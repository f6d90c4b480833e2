"""The people with an account, for administrators, and the browsers in which one is signed in."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from picking.models import User

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
LISTED = 200
"""So many on one page; a search finds the others."""


def people(search: str = "") -> QuerySet[User]:
    """By name, each with `projects`, `seen` and `second_factor`. Guests of shared links are no people.

    `search`: a part of the name or of the e-mail address.
    """
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    return (
        User.objects.filter(Q(username__icontains=search) | Q(email__icontains=search), shared_link=None)
        .annotate(
            projects=Count("memberships", filter=Q(memberships__project__deleted_at=None), distinct=True),
            seen=Coalesce(Max("usersession__last_seen_at"), "last_login"),
            second_factor=Exists(factors),
        )
        .order_by("username")
    )


def has_second_factor(user: User) -> bool:
    """Whether a password alone does not sign this person in."""
    return bool(Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists())


@dataclass(frozen=True)
class Browser:
    """One in which somebody is signed in. `here`: the one that asks."""

    id: int
    device: str
    address: str
    seen: datetime
    here: bool


def browsers(user: User, session: str | None) -> list[Browser]:
    """Those of a person, the one with this session first, then by when they were last used."""
    holding = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = UserSession.objects.filter(user=user, session_key__in=holding).order_by("-last_seen_at")
    found = [
        Browser(row.pk, device(row.user_agent), row.ip, row.last_seen_at, row.session_key == session) for row in rows
    ]
    return sorted(found, key=lambda browser: not browser.here)


# What a browser says it is, and what to call it; the first that fits. Many also name those that they are like.
BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrom": "Chrome", "Safari/": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def device(agent: str) -> str:
    """“Firefox on Linux”, from the header `User-Agent`."""
    browser = next((name for sign, name in BROWSERS.items() if sign in agent), "Another browser")
    system = next((name for sign, name in SYSTEMS.items() if sign in agent), "")
    return f"{browser} on {system}" if system else browser
