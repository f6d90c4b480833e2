"""Event: one committed change of a project."""

from django.db import models


class Event(models.Model):
    """What travels live. `sequence` orders the events of a project; `operation` makes a repeat harmless.

    `type` and `micrograph` say again what `data` says, so that the history can be searched.
    `only_for` stays when the account is deleted: the event is then for nobody until the micrograph is revealed.
    """

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="events")
    sequence = models.BigIntegerField()
    data = models.JSONField(help_text="one of the types in picking.events")
    type = models.CharField(max_length=40, editable=False)
    micrograph = models.BigIntegerField(null=True, editable=False, help_text="the one that it is about, by its id")
    restored = models.BooleanField(default=False, help_text="one of many marks that a restoration put or deleted")
    actor = models.ForeignKey(
        "picking.User",
        null=True,
        on_delete=models.SET_NULL,
        db_index=False,  # the index below begins with it
        related_name="+",
    )
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
        indexes = [
            models.Index(fields=["actor", "project", "sequence"], name="event_of_person"),
            models.Index(fields=["project", "type", "sequence"], name="event_of_type"),
            models.Index(fields=["project", "micrograph", "sequence"], name="event_of_micrograph"),
            models.Index(fields=["project"], condition=models.Q(only_for__isnull=False), name="event_for_one"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["project", "sequence"], name="event_sequence_once"),
            models.UniqueConstraint(fields=["project", "operation"], name="event_operation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.type}"
