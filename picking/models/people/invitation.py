"""Invitation: a link that lets people join a project."""

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from picking.models.deletion import Hideable
from picking.models.people.membership import Role
from picking.models.people.user import BY_NOBODY_DISABLED


class Invitation(Hideable):
    """Used within its time, and `most_uses` times; null: by as many as like. Revoked, it is deleted.

    Only the token's hash is kept, so that a leaked table opens no project.
    """

    hidden_by = "project__deleted_at"
    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    uses = models.IntegerField(default=0, help_text="how many have joined by it")
    most_uses = models.IntegerField(default=1, null=True, blank=True)
    created_by = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.role} of {self.project}"

    @classmethod
    def valid(cls) -> "QuerySet[Invitation]":
        """Those by which somebody can join now: also not those of somebody whose account is disabled."""
        left = Q(most_uses=None) | Q(uses__lt=F("most_uses"))
        return cls.objects.filter(left, BY_NOBODY_DISABLED, expires_at__gt=timezone.now())
