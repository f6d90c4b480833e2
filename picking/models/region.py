"""Region: a person's polygon of contamination."""

from django.db import models

from picking.models.mark import Mark


class Region(Mark):
    """Removes the picks inside it, and teaches the contamination network."""

    polygon = models.JSONField(help_text="[[x, y], …] in full-resolution pixels")

    class Meta(Mark.Meta):
        pass

    def __str__(self) -> str:
        return f"region of {len(self.polygon)} vertices"
