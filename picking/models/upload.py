"""Upload: a file on its way from a browser."""

import uuid

from django.db import models


class Upload(models.Model):
    """Unfinished; deleted when its last byte arrived and the import job took over. The bytes lie in a part file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="uploads")
    user = models.ForeignKey("picking.User", on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["project", "user", "name", "size"], name="upload_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.received} of {self.size} bytes)"
