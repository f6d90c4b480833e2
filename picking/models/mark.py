"""Mark: what labels, regions and verdicts have in common. Each is made by a browser, which also chooses its id."""

from django.db import models
from django.utils import timezone


class Mark(models.Model):
    """A person's statement about a micrograph. `sequence` is the event that last set it: later ones win."""

    id = models.UUIDField(primary_key=True)
    micrograph = models.ForeignKey("picking.Micrograph", on_delete=models.CASCADE, related_name="%(class)ss")
    author = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    sequence = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["sequence"]
