"""WatchedFolder: a place from which micrographs are taken as they are written. WatchedFile: one seen there."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class WatchedFolder(models.Model):
    """What is to be imported is the difference between the place and the project, so that nothing is missed.

    The counts are those of the last scan.
    """

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="watched")
    place = models.TextField(help_text="a folder, a list or a pattern under a data root")
    subfolders = models.BooleanField(default=False)
    created_by = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)
    scan_at = models.DateTimeField(default=timezone.now, help_text="when to look again; moved on by who looks")
    error = models.TextField(blank=True, help_text="why the last scan could not look")

    found = models.PositiveIntegerField(default=0)
    imported = models.PositiveIntegerField(default=0)
    picked = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list, blank=True, help_text="files that are left out by their names, as told")
    median_delay = models.FloatField(null=True, blank=True, help_text="seconds from a file's arrival to its picks")
    newest_delay = models.FloatField(null=True, blank=True, help_text="seconds, of the newest file that has picks")
    waiting_since = models.DateTimeField(null=True, blank=True, help_text="when the oldest file without picks arrived")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "place", "subfolders"], condition=Q(stopped_at=None), name="watched_once"
            )
        ]

    def __str__(self) -> str:
        return self.place


class WatchedFile(models.Model):
    """A file that a scan has seen and that was not in the project then.

    One that is refused is tried again when its size or time changes.
    """

    class State(models.TextChoices):
        GROWING = "growing"
        QUEUED = "queued"
        REFUSED = "refused"

    watched = models.ForeignKey(WatchedFolder, on_delete=models.CASCADE, related_name="files")
    path = models.TextField()
    size = models.BigIntegerField()
    modified = models.BigIntegerField(help_text="ns since 1970")
    arrived = models.DateTimeField(help_text="when the file was last changed on this disk")
    state = models.CharField(max_length=20, choices=State.choices)
    reason = models.TextField(blank=True, help_text="why it waits or is refused")

    def __str__(self) -> str:
        return f"{self.path} ({self.state})"
