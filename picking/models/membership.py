"""Membership: a person's place in a project."""

from datetime import timedelta

from django.db import models

GONE_AFTER = timedelta(seconds=75)
"""A browser not heard from for this long is closed, or its server was killed."""


class Role(models.TextChoices):
    """What a member may do; each role may do all that the ones below it may."""

    OWNER = "owner"
    ANNOTATOR = "annotator"
    VIEWER = "viewer"

    def covers(self, needed: "Role") -> bool:
        """Whether this role may do what `needed` may."""
        ranks = list(Role)
        return ranks.index(self) <= ranks.index(needed)


class Membership(models.Model):
    """One person in one project. `looking_at`, as of `looked_at`, steers which micrographs are picked first."""

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey("picking.User", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    looking_at = models.ForeignKey(
        "picking.Micrograph", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"
