"""Averages: the picks of one source sorted into classes, and what each class looks like."""

from django.db import models


class Averages(models.Model):
    """Made by its job, whose status is theirs. `round` grows each time that classes and files are written anew.

    What the classes look like, and which pick is in which, are files in the project's folder (picking/storage.py).
    """

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="averages")
    number = models.PositiveIntegerField(help_text="in its address; never used again")
    source = models.ForeignKey("picking.Source", on_delete=models.CASCADE, related_name="averages")
    job = models.OneToOneField("picking.Job", on_delete=models.CASCADE, related_name="averages")
    made_from = models.JSONField(help_text="which picks were wanted, and what decided which of them count")
    diameter = models.FloatField(help_text="of the particle, Å")
    picks = models.PositiveIntegerField(default=0, help_text="that are sorted")
    of = models.PositiveIntegerField(default=0, help_text="picks there were, of which these are a random part")
    done = models.FloatField(default=0.0, help_text="the part of the work that is done, 0 to 1")
    round = models.PositiveIntegerField(default=0)
    pixel_size = models.FloatField(null=True, blank=True, help_text="of an average, Å; null until the first round")
    size = models.PositiveIntegerField(default=0, help_text="pixels along an average")
    columns = models.PositiveIntegerField(default=0, help_text="averages in a row of the picture")
    classes = models.JSONField(null=True, blank=True, help_text="the largest first; null until the first round")
    created_by = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "averages"
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="averages_number_once")]

    def __str__(self) -> str:
        return f"averages {self.number} of {self.project}"
