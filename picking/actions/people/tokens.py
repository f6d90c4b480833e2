"""Make, use and revoke the tokens with which programs act for a person."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from picking.actions.names import fit_name
from picking.actions.people.hashes import hash_of
from picking.models import Membership, Role, Token, User
from picking.refusals import Refused
from picking.room import says_full

PREFIX = "cryoweb_"
"""Tells people, and programs that search for leaked secrets, what it is."""
MOST = 100
LISTED = timedelta(days=90)
"""After its end a token is listed for so long, so that its person sees why a program fails."""
USE_WRITTEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class NewToken:
    """`project`: id of the only project it is for; None for all of the person's. `days`: how long it lasts."""

    name: str
    role: Role
    days: int
    project: int | None = None


def make_token(user: User, wanted: NewToken) -> tuple[Token, str]:
    """The token and its text, which is known now and never again.

    Raises Refused for a project that the person is not in, for more rights than they have there, and for too many.
    """
    name = fit_name(wanted.name)
    if not name:
        raise Refused("A token needs a name: say what it is for.")
    if Token.objects.filter(user=user, revoked_at=None, expires_at__gt=timezone.now()).count() >= MOST:
        raise Refused(f"You have {MOST} tokens. Revoke some that you do not use.")
    if wanted.project is not None:
        _require_role(user, wanted.project, wanted.role)
    text = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        project_id=wanted.project,
        role=wanted.role,
        name=name,
        token_hash=hash_of(text),
        expires_at=timezone.now() + timedelta(days=wanted.days),
    )
    return token, text


def use_token(text: str) -> Token | None:
    """The valid token of this text, noted as used; None where there is none or its person's account is closed."""
    token = Token.objects.select_related("user", "project").filter(token_hash=hash_of(text)).first()
    if token is None or not token.valid or not token.user.is_active:
        return None
    _note_use(token)
    return token


def revoke_token(token: Token) -> None:
    """It works no more."""
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def clear_old_tokens() -> int:
    """Deletes those that ran out or were revoked long ago, and returns how many."""
    before = timezone.now() - LISTED
    count, _ = Token.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)).delete()
    return count


def _note_use(token: Token) -> None:
    """At most once a minute: a program may send many requests a second. Where the disk is full, reading goes on."""
    now = timezone.now()
    if token.last_used_at and now - token.last_used_at < USE_WRITTEN_EVERY:
        return
    long_ago = Q(last_used_at=None) | Q(last_used_at__lte=now - USE_WRITTEN_EVERY)
    try:
        Token.objects.filter(long_ago, pk=token.pk).update(last_used_at=now)
    except Exception as error:
        if not says_full(error):
            raise


def _require_role(user: User, project_id: int, role: Role) -> None:
    membership = Membership.objects.filter(user=user, project_id=project_id).first()
    if membership is None:
        raise Refused("You are not a member of this project. Choose one of yours.")
    own = Role(membership.role)
    if role.lesser(own) != role:
        raise Refused(f"Your own role in this project is {own.value}: a token cannot be {role.value}.")
