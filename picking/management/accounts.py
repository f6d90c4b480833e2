"""Which account a command means."""

from django.core.management.base import CommandError

from picking.models import User


def account_of(name: str) -> User:
    """The active account of that name, in any spelling of Unicode. Raises CommandError when there is none."""
    user = User.objects.filter(username=User.normalize_username(name), is_active=True).first()
    if user is None:
        raise CommandError(f"There is no account named “{name}”.")
    return user
