"""The particle diameter that the micrographs themselves suggest."""

from django.db import models


class SuggestedDiameter(models.Model):
    """The last scan of a project's micrographs. `reason` says why there is no curve, where there is none."""

    project = models.OneToOneField("picking.Project", on_delete=models.CASCADE, related_name="suggested_diameter")
    diameter = models.FloatField(null=True, help_text="Å")
    certainty = models.FloatField(default=0.0, help_text="likelihood that it is right within 15 %")
    sure = models.BooleanField(default=False)
    dark = models.BooleanField(default=True)
    curve = models.JSONField(default=list, help_text="[[Å, likelihood], …]")
    places = models.JSONField(default=dict, help_text="micrograph: [[x, y], …], what was found at that size")
    reason = models.CharField(max_length=250, blank=True)
    micrographs = models.PositiveIntegerField(help_text="that were looked at")
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.diameter:.0f} Å" if self.diameter else self.reason
