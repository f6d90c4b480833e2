"""Checkpoint: the marks of a project as of one event, so that looking back need not begin at the first."""

from django.db import models


class Checkpoint(models.Model):
    """What a replay of all events up to `sequence` comes to. May be deleted: it is only faster with it."""

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="checkpoints")
    sequence = models.BigIntegerField()
    count = models.PositiveIntegerField(help_text="marks that it holds")
    marks = models.BinaryField(help_text="as picking.queries.past.past packs them")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["project", "sequence"], name="checkpoint_once")]

    def __str__(self) -> str:
        return f"{self.count} marks at {self.sequence}"
