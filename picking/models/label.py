"""Label: a person's point."""

from django.db import models

from picking.models.mark import Mark


class Label(Mark):
    """A place someone marked; x and y in full-resolution pixels of the micrograph."""

    class Kind(models.TextChoices):
        PARTICLE = "particle"
        BACKGROUND = "background"
        CONTAMINATION = "contamination"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    x = models.FloatField()
    y = models.FloatField()

    class Meta(Mark.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.kind} at {self.x:.0f}, {self.y:.0f}"
