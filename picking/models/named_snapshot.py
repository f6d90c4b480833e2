"""NamedSnapshot: what a project held at one moment, kept in a file that nothing changes, to be cited."""

from django.db import models


class NamedSnapshot(models.Model):
    """Made by its job; whole once `sha256` is set. One that is deleted leaves this row: its address still answers."""

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="named_snapshots")
    number = models.PositiveIntegerField(help_text="in its address; never used again")
    job = models.OneToOneField("picking.Job", null=True, on_delete=models.SET_NULL, related_name="named_snapshot")
    name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    sequence = models.BigIntegerField(default=0, help_text="the last event that it holds")
    stored_as = models.CharField(max_length=100, blank=True, help_text="file name in the project's folder of snapshots")
    size = models.BigIntegerField(null=True, blank=True, help_text="bytes")
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the canonical form (science/frozen.py)")
    counts = models.JSONField(null=True, blank=True)
    created_by = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey("picking.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="named_snapshot_once")]

    def __str__(self) -> str:
        return self.name
