"""CoordinateImport: coordinate files that a person looks at before anything of them is kept."""

import uuid
from datetime import timedelta

from django.db import models

LASTS = timedelta(days=1)
"""A draft that nobody stored is forgotten after this."""


class CoordinateImport(models.Model):
    """A draft. Its files lie in a folder of their own, numbered in the order of `files`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="coordinate_imports")
    user = models.ForeignKey("picking.User", on_delete=models.CASCADE, related_name="+")
    files = models.JSONField(default=list, help_text="[[path as the person sees it, bytes], …]")
    format = models.CharField(max_length=40, blank=True, help_text="empty: told by the content")
    rule = models.JSONField(null=True, blank=True, help_text="{starts, ends} as typed; null: the likeliest")
    placing = models.JSONField(null=True, blank=True, help_text="{scale, unit, flip_y}; null: the likeliest")
    merge_doubled = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{len(self.files)} coordinate files for {self.project}"
