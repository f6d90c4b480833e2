"""Training: one pair of networks of a project, and how they came to be."""

from django.db import models


class Training(models.Model):
    """A finished training; never overwritten. Its networks are a file in the project's folder of trainings."""

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="trainings")
    version = models.PositiveIntegerField()
    job = models.OneToOneField("picking.Job", null=True, on_delete=models.SET_NULL, related_name="training_made")
    weights = models.CharField(max_length=100, help_text="file name in the project's folder of trainings")
    seed = models.PositiveIntegerField()
    settings = models.JSONField()
    labels = models.JSONField(help_text="how many of each kind it learnt from")
    losses = models.JSONField(help_text="[[network, step, loss], …]")
    has_contamination_network = models.BooleanField()
    validation = models.JSONField(null=True, blank=True, help_text="figures, or the reason for none; null until there")
    held_out = models.JSONField(default=list, blank=True, help_text="[[kind, particle, contamination score], …]")
    origin = models.JSONField(null=True, blank=True, help_text="adopted from: {project: its name, training: version}")
    created_by = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["project", "version"], name="training_version_once")]

    def __str__(self) -> str:
        return f"training {self.version} of {self.project}"
