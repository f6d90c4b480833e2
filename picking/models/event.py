"""Event: one committed change of a project."""

from django.db import models


class Event(models.Model):
    """What travels live. `sequence` orders the events of a project; `operation` makes a repeat harmless.

    `only_for` stays when the account is deleted: the event is then for nobody until the micrograph is revealed.
    """

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="events")
    sequence = models.BigIntegerField()
    data = models.JSONField(help_text="one of the types in picking.events")
    actor = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    operation = models.UUIDField(null=True, help_text="made by the browser that asked for the change")
    only_for = models.ForeignKey(
        "picking.User",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="the one person who may see it while its micrograph is labelled blind; null: everyone",
    )
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
        indexes = [
            models.Index(fields=["project"], condition=models.Q(only_for__isnull=False), name="event_for_one"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.data.get('type')}"
