"""Upload: a file on its way from a browser."""

import uuid

from django.db import models


class Upload(models.Model):
    """Unfinished; deleted when its last byte has arrived and the import job takes over. Its bytes are in a file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="uploads")
    user = models.ForeignKey("picking.User", on_delete=models.CASCADE, related_name="uploads")
    folder = models.CharField(max_length=400, blank=True, help_text="the folders it lies in, below what was dropped")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    fingerprint = models.CharField(max_length=40, blank=True, help_text="of the file's content, as the browser says")
    received = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "user", "folder", "name", "size", "fingerprint"], name="upload_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.path} ({self.received} of {self.size} bytes)"

    @property
    def path(self) -> str:
        """Folders and name."""
        return f"{self.folder}/{self.name}" if self.folder else self.name
