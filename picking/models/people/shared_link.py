"""SharedLink: lets whoever has its address look at a project, without an account."""

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from picking.models.deletion import Hideable
from picking.models.people.user import BY_NOBODY_DISABLED


class SharedLink(Hideable):
    """Used by any number of people, within its time. Only the token's hash is kept. Revoked, it is deleted.

    `guest`: who these people are to the rest of the program. It is nobody's account: no one can sign in with it, and
    it is no member of anything.
    """

    hidden_by = "project__deleted_at"
    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="shared_links")
    guest = models.OneToOneField("picking.User", on_delete=models.CASCADE, related_name="shared_link")
    name = models.CharField(max_length=100, help_text="whom it is for")
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.guest_name

    @classmethod
    def valid(cls) -> "QuerySet[SharedLink]":
        """Those that may be used now: also not those of somebody whose account is disabled."""
        return cls.objects.filter(BY_NOBODY_DISABLED, expires_at__gt=timezone.now())

    @property
    def guest_name(self) -> str:
        """What its guests are called. No account can have such a name: names have no spaces."""
        return f"Guest ({self.name})"
