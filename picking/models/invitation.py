"""Invitation: a link that lets one person join a project."""

from django.db import models

from picking.models.membership import Role


class Invitation(models.Model):
    """Used once, within its time. Only the token's hash is kept, so that a leaked table opens no project."""

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.role} of {self.project}"
