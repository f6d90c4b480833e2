"""Reference: coordinates known to be right, against which picks are measured."""

from django.db import models


class Reference(models.Model):
    """An expert's, or a simulation's, particle centres on one micrograph. The networks never see them."""

    micrograph = models.OneToOneField("picking.Micrograph", on_delete=models.CASCADE, related_name="reference")
    points = models.JSONField(help_text="[[x, y], …] in full-resolution pixels")

    def __str__(self) -> str:
        return f"{len(self.points)} particles of {self.micrograph}"
