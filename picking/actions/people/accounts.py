"""What administrators do with the accounts of others."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from picking.actions.people.browsers import end_all_sign_ins
from picking.models import User
from picking.refusals import Refused

LAST = "This is the only administrator. Make somebody else one first."
YOURSELF = "You cannot do this to your own account. Ask another administrator."


@dataclass(frozen=True)
class NewPerson:
    """`address`: e-mail; an administrator vouches for it, so it counts as confirmed. Empty: none."""

    name: str
    address: str = ""
    administrator: bool = False


def make_person(wanted: NewPerson) -> User:
    """An account without a password: its person comes by a one-time link. Raises Refused for what cannot be."""
    name = User.normalize_username(wanted.name.strip())
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError:
        raise Refused("A name has letters, digits and @ . + - _ only.") from None
    with transaction.atomic():
        if User.objects.filter(username=name).exists():
            raise Refused(f"There is an account named “{name}” already.")
        is_one = wanted.administrator
        user = User.objects.create_user(name, wanted.address or None, is_staff=is_one, is_superuser=is_one)
        if wanted.address:
            _vouch_for(user, wanted.address)
    return user


def disable_person(user_id: int, actor: User) -> None:
    """They are signed out everywhere, and their tokens and the links they made do not hold. What they labelled stays.

    Raises Refused for the last administrator, and for oneself.
    """
    with _changed(user_id, actor) as user:
        user.is_active = False
        end_all_sign_ins(user)  # else they would hold again once the account is enabled


def enable_person(user_id: int, actor: User) -> None:
    """They may sign in again."""
    with _changed(user_id, actor) as user:
        user.is_active = True


def set_administrator(user_id: int, actor: User, administrator: bool) -> None:
    """Raises Refused for the last one, and for oneself."""
    with _changed(user_id, actor) as user:
        user.is_staff = user.is_superuser = administrator


def reset_second_factor(user_id: int) -> int:
    """Signing in takes a password alone again. Returns how many apps, passkeys and sets of codes were forgotten."""
    count, _ = Authenticator.objects.filter(user_id=user_id).delete()
    return int(count)


@contextmanager
def _changed(user_id: int, actor: User) -> Iterator[User]:
    """Saves the account after it. Administrators are locked, so that two of them cannot remove each other at once."""
    with transaction.atomic():
        administrators = User.objects.select_for_update().filter(is_superuser=True, is_active=True)
        others = [each for each in administrators.order_by("pk") if each.pk != user_id]
        user = User.objects.select_for_update().get(pk=user_id)
        yield user
        if not (others or (user.is_superuser and user.is_active)):
            raise Refused(LAST)
        if user.pk == actor.pk:
            raise Refused(YOURSELF)
        user.save(update_fields=["is_active", "is_staff", "is_superuser"])


def _vouch_for(user: User, address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise Refused("This is no e-mail address.") from None
    if EmailAddress.objects.filter(email__iexact=address).exists():
        raise Refused("Somebody else has this e-mail address.")
    EmailAddress.objects.create(user=user, email=address.lower(), primary=True, verified=True)
