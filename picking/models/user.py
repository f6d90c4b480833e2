"""User: a person with an account."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Django's user, ours by name so that it can grow without a change of table."""
