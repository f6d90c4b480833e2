"""Event: one committed change of a project."""

from django.db import models


class Event(models.Model):
    """What travels live. `sequence` orders the events of a project; `operation` makes a repeat harmless."""

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="events")
    sequence = models.BigIntegerField()
    data = models.JSONField(help_text="one of the types in picking.events")
    actor = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    operation = models.UUIDField(null=True, help_text="made by the browser that asked for the change")
    job = models.ForeignKey(
        "picking.Job",
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="progress: of which job",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["project", "sequence"], name="event_sequence_once"),
            models.UniqueConstraint(fields=["project", "operation"], name="event_operation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.data.get('type')}"
