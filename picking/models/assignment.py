"""Assignment: a micrograph in the hands of one person, from being given or taken to being reviewed."""

from datetime import timedelta

from django.db import models

from picking.models.deletion import Hideable

CLAIM_LASTS = timedelta(minutes=10)
"""A claim runs out when its holder has had no window on the project for this long."""


class Assignment(Hideable):
    """At most one for each person and micrograph; a micrograph has one, or two where it is to be labelled twice.

    Given by a manager (`assigned`), or taken by the person. `claimed_at`: since when they work on it.
    """

    class State(models.TextChoices):
        """How far a micrograph is, or one person's work on it: the least far first."""

        TO_DO = "to_do"
        ASSIGNED = "assigned"
        CLAIMED = "claimed"
        DONE = "done"
        REVIEWED = "reviewed"

    hidden_by = "micrograph__deleted_at"
    micrograph = models.ForeignKey("picking.Micrograph", on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey("picking.User", on_delete=models.CASCADE, related_name="assignments")
    assigned_by = models.ForeignKey("picking.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    assigned = models.BooleanField(default=False, help_text="given by a manager: does not go to others by itself")
    claimed_at = models.DateTimeField(null=True, blank=True)
    active_at = models.DateTimeField(null=True, blank=True, help_text="when its holder last did something on it")
    seconds_worked = models.FloatField(default=0, help_text="active time, without gaps")
    done_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey("picking.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    sent_back = models.TextField(blank=True, help_text="why a reviewer wants more work on it; empty: nobody does")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["micrograph", "user"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.micrograph} for {self.user}"
