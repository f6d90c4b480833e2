"""User: a person with an account."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac

BY_NOBODY_DISABLED = models.Q(created_by=None) | models.Q(created_by__is_active=True)
"""Of links: whose account is disabled lets nobody in either."""


class User(AbstractUser):
    """Django's user as a model of our own.

    `sign_ins_ended`: how often all sign-ins were ended at once. Every session knows the number it began with, as it
    knows the password, and does not hold with another one.
    """

    sign_ins_ended = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's until the first end of all sign-ins, so that those from before this field hold."""
        password_mark: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        if not self.sign_ins_ended:
            return password_mark
        marked = f"{password_mark} {self.sign_ins_ended}"
        return salted_hmac("picking.models.User", marked, secret=secret or settings.SECRET_KEY).hexdigest()
