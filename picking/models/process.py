"""Process: one of the running processes of the server, as it last said of itself."""

import uuid

from django.db import models


class Process(models.Model):
    """Web processes and workers write their own row every few seconds; one row adds up what ended ones have counted."""

    class Role(models.TextChoices):
        WEB = "web"
        WORKER = "worker"
        ENDED = "ended"

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    role = models.CharField(max_length=10, choices=Role.choices)
    name = models.CharField(max_length=200)
    host = models.CharField(max_length=200)
    pid = models.PositiveIntegerField(default=0)
    version = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    heard_at = models.DateTimeField(db_index=True)
    queues = models.JSONField(default=list, blank=True, help_text="that a worker takes jobs from")
    devices = models.JSONField(default=list, blank=True, help_text="as wire.DeviceWire")
    sockets = models.PositiveIntegerField(default=0, help_text="that are open")
    people = models.JSONField(default=dict, blank=True, help_text="user's id -> their open sockets, without guests")
    counts = models.BinaryField(default=b"", help_text="picking/server/metrics.py, packed")

    class Meta:
        ordering = ["role", "name", "pid"]
        verbose_name_plural = "processes"

    def __str__(self) -> str:
        return f"{self.name} ({self.pid})"
