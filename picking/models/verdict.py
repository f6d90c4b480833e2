"""Verdict: a person's word on a pick."""

from django.db import models

from picking.models.mark import Mark


class Verdict(Mark):
    """Accepts, rejects or moves the pick at (x, y). It names a place, not a pick, and so outlives retraining."""

    class Kind(models.TextChoices):
        ACCEPT = "accept"
        REJECT = "reject"
        MOVE = "move"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    x = models.FloatField()
    y = models.FloatField()
    to_x = models.FloatField(null=True, blank=True)
    to_y = models.FloatField(null=True, blank=True)

    class Meta(Mark.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.kind} at {self.x:.0f}, {self.y:.0f}"
