"""User: a person with an account."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Django's user as a model of our own, so that fields can be added later without replacing the table."""
