"""Source: a named set of picks on a project's micrographs, and how it came to be."""

from django.db import models
from django.db.models import Q


class Source(models.Model):
    """What a pick set belongs to. The picks of one never change: other picks are another source.

    Picks of a training and of the first guess carry two scores. Those of the other kinds carry one score in the
    source's own units as their particle score, 1 where it has none, and no contamination score.
    """

    class Kind(models.TextChoices):
        TRAINING = "training"
        FIRST_GUESS = "first_guess"
        IMPORTED = "imported"
        CONSENSUS = "consensus"

    BY_NETWORKS = (Kind.TRAINING, Kind.FIRST_GUESS)
    """Whose picks count by the project's thresholds, and are the ones that people see."""

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=200)
    training = models.OneToOneField(
        "picking.Training", null=True, blank=True, on_delete=models.CASCADE, related_name="source"
    )
    threshold = models.FloatField(null=True, blank=True, help_text="its picks count from this score; null: no scores")
    lowest_score = models.FloatField(null=True, blank=True, help_text="of its picks; null: no scores")
    highest_score = models.FloatField(null=True, blank=True, help_text="of its picks; null: no scores")
    teaches = models.BooleanField(default=False, help_text="its picks are examples of particles in training")
    how = models.JSONField(default=dict, blank=True, help_text="files, format, scale … it was made from")
    created_by = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="source_name_once"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(kind="first_guess"), name="one_first_guess_a_project"
            ),
            models.CheckConstraint(
                condition=Q(kind="training", training__isnull=False) | Q(training__isnull=True) & ~Q(kind="training"),
                name="source_of_training_has_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name
