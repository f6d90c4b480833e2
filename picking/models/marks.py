"""Marks: what people say of a micrograph. Each is made by a browser, which also chooses its id.

They are read through `queries/micrographs/visible.py` alone, which knows who sees them: there is no way to them
from a micrograph.
"""

from django.db import models
from django.utils import timezone

from picking.models.deletion import Hideable


class Mark(Hideable):
    """A person's statement about a micrograph. `sequence` is the event that last set it: later ones win.

    `changed_by`: who set it last, where that was not its author.
    """

    hidden_by = "micrograph__deleted_at"
    id = models.UUIDField(primary_key=True)
    micrograph = models.ForeignKey("picking.Micrograph", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    changed_by = models.ForeignKey(
        "picking.User", null=True, db_index=False, on_delete=models.SET_NULL, related_name="+"
    )
    sequence = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["sequence"]


class Label(Mark):
    """A place someone marked; x and y in full-resolution pixels of the micrograph."""

    class Kind(models.TextChoices):
        PARTICLE = "particle"
        BACKGROUND = "background"
        CONTAMINATION = "contamination"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    x = models.FloatField()
    y = models.FloatField()

    def __str__(self) -> str:
        return f"{self.kind} at {self.x:.0f}, {self.y:.0f}"


class Region(Mark):
    """A polygon of contamination. Removes the picks inside it, and teaches the contamination network."""

    polygon = models.JSONField(help_text="[[x, y], …] in full-resolution pixels")

    def __str__(self) -> str:
        return f"region of {len(self.polygon)} vertices"


class Verdict(Mark):
    """Accepts, rejects or moves the pick at (x, y). It names a place, not a pick, and so outlives retraining.

    `fit`: how well the pick fits the class of averages that it was judged with; null where it was judged by itself.
    """

    class Kind(models.TextChoices):
        ACCEPT = "accept"
        REJECT = "reject"
        MOVE = "move"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    x = models.FloatField()
    y = models.FloatField()
    to_x = models.FloatField(null=True, blank=True)
    to_y = models.FloatField(null=True, blank=True)
    fit = models.FloatField(null=True, blank=True, help_text="0 to 1")

    def __str__(self) -> str:
        return f"{self.kind} at {self.x:.0f}, {self.y:.0f}"
