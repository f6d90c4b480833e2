"""DiskUse: how much room the files of a project take, as it was last measured."""

from django.db import models


class DiskUse(models.Model):
    """Measured by a worker now and then (picking/jobs/disk_use.py). What is used in place is not counted."""

    project = models.OneToOneField("picking.Project", on_delete=models.CASCADE, related_name="disk_use")
    size = models.BigIntegerField(null=True, help_text="bytes; null until first measured")
    files = models.PositiveIntegerField(default=0)
    measured_at = models.DateTimeField(help_text="when a worker last began to")

    class Meta:
        ordering = ["project"]
        verbose_name_plural = "disk use"

    def __str__(self) -> str:
        return f"{self.project}: {self.size} bytes"
