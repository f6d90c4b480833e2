"""Token: lets a program act for a person, with no more rights than the person has."""

from django.db import models
from django.utils import timezone

from picking.models.people.membership import Role


class Token(models.Model):
    """Only the hash of what the program sends is kept. `project` null: every project of the person."""

    user = models.ForeignKey("picking.User", on_delete=models.CASCADE, related_name="tokens")
    project = models.ForeignKey(
        "picking.Project", null=True, blank=True, on_delete=models.CASCADE, related_name="tokens"
    )
    role = models.CharField(
        max_length=20, choices=Role.choices, help_text="the most it may do, whatever the person may"
    )
    name = models.CharField(max_length=100, help_text="what it is for, in the person's words")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"

    @property
    def valid(self) -> bool:
        """Whether it may still be used."""
        return self.revoked_at is None and self.expires_at > timezone.now()
