"""Project: the micrographs of one specimen, picked together with one pair of networks."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from picking.models.deletion import Deletable


class Project(Deletable):
    """What a group works on. Its members, and nobody else, see it."""

    name = models.CharField(max_length=200)
    particle_diameter = models.FloatField(
        null=True,
        blank=True,
        help_text="Å; null until a person sets it or it is suggested",
        validators=[MinValueValidator(20.0), MaxValueValidator(5000.0)],
    )
    diameter_provisional = models.BooleanField(
        default=False, help_text="the diameter was suggested, and no person has set it yet"
    )
    pixel_size = models.FloatField(
        null=True,
        blank=True,
        help_text="Å per pixel as typed by a person: it wins over what the files' headers say",
        validators=[MinValueValidator(0.05), MaxValueValidator(50.0)],
    )
    particle_threshold = models.FloatField()
    contamination_threshold = models.FloatField()
    minimum_distance = models.FloatField(default=0.0, help_text="between network picks, in particle diameters")
    border_margin = models.FloatField(help_text="particle diameters: network picks nearer to the border are left out")
    current_training = models.ForeignKey(
        "picking.Training", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    first_guess = models.BooleanField(default=True, help_text="pick with the shipped networks until the first training")
    keep_training = models.BooleanField(default=False, help_text="train by itself after people's changes")
    changed_at = models.DateTimeField(null=True, blank=True, help_text="when a mark was last changed")
    untrained_since = models.DateTimeField(
        null=True, blank=True, help_text="the first change that no training has read"
    )
    sequence = models.BigIntegerField(default=0, help_text="number of the last event")
    averages_made = models.PositiveIntegerField(default=0, help_text="number of the last averages, deleted ones too")
    used_bytes = models.BigIntegerField(
        default=0, db_default=0, help_text="of its files on the server, as last measured"
    )
    measured_at = models.DateTimeField(null=True, blank=True, help_text="when its files were last measured")
    quota_bytes = models.BigIntegerField(
        null=True,
        blank=True,
        help_text="bytes that its files may take; 0: no limit; empty: as the installation says",
        validators=[MinValueValidator(0)],
    )
    quota_micrographs = models.PositiveIntegerField(
        null=True, blank=True, help_text="how many it may have; 0: no limit; empty: as the installation says"
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.CheckConstraint(condition=Q(particle_diameter__gt=0), name="project_diameter_positive"),
            models.CheckConstraint(
                condition=Q(particle_threshold__range=(0, 1)) & Q(contamination_threshold__range=(0, 1)),
                name="project_thresholds_in_unit_interval",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def pixel_size_of(self, file: float | None) -> float | None:
        """Å per pixel, as used for a file of which `file` is known; None if unknown (decision 0009)."""
        return self.pixel_size or file

    def diameter_px_of(self, file: float | None) -> float | None:
        """A particle's diameter in the pixels of such a file; None while it or the pixel size is unknown."""
        pixel_size = self.pixel_size_of(file)
        return self.particle_diameter / pixel_size if self.particle_diameter and pixel_size else None
