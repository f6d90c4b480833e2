"""Export: a file of picks for another program, and what is in it."""

from datetime import datetime, timedelta

from django.db import models

KEPT = timedelta(days=7)
"""So long an export can be downloaded."""


class Export(models.Model):
    """Made by its job, whose status is the export's. The file is there once `size` is."""

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="exports")
    job = models.OneToOneField("picking.Job", on_delete=models.CASCADE, related_name="export")
    format = models.CharField(max_length=40)
    options = models.JSONField(help_text="as ExportOptions")
    file_name = models.CharField(max_length=255, help_text="as people download it")
    stored_as = models.CharField(max_length=100, blank=True, help_text="file name in the project's folder of exports")
    size = models.BigIntegerField(null=True, blank=True, help_text="bytes")
    sha256 = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(null=True, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    manifest = models.JSONField(null=True, blank=True)
    created_by = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.format} export {self.pk}"

    @property
    def expires_at(self) -> datetime:
        """When it is deleted."""
        return self.created_at + KEPT
