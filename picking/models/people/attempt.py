"""FailedAttempt: somebody was wrong about a password, a token or a link."""

from django.db import models
from django.utils import timezone


class FailedAttempt(models.Model):
    """Counted by actions/people/attempts.py. One is made before a password is checked, and goes if it was right.

    A code is of a second factor.
    """

    class Kind(models.TextChoices):
        PASSWORD = "password"  # noqa: S105 - a kind
        CODE = "code"
        TOKEN = "token"  # noqa: S105 - a kind
        LINK = "link"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=150, blank=True, help_text="as typed, whether or not there is such an account")
    address = models.CharField(max_length=64, help_text="of the browser or program, or its IPv6 network")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "failed sign-in"
        indexes = [
            models.Index(fields=["kind", "name", "address", "at"], name="failed_attempt_by_name"),
            models.Index(fields=["kind", "address", "at"], name="failed_attempt_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name} {self.address}"
