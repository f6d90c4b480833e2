"""Micrograph: one motion-corrected image of a project."""

import uuid

from django.db import models
from django.db.models import Q

from picking.models.deletion import Deletable


class Micrograph(Deletable):
    """A row exists only once the import is complete. `key` names the folder that holds its files."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="micrographs")
    name = models.CharField(
        max_length=500, help_text="file name without its extension, after the folders that tell it from others"
    )
    file_name = models.CharField(max_length=255)
    source = models.TextField(blank=True, help_text="where the file lies, when it is used in place")
    lies_at = models.TextField(blank=True, help_text="its real path when it was imported, used in place")
    imported_by = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_as = models.TextField(blank=True, help_text="its path when it was uploaded, below what was dropped")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    header_pixel_size = models.FloatField(null=True, blank=True, help_text="Å per pixel, as the file says")
    listed_pixel_size = models.FloatField(
        null=True,
        blank=True,
        help_text="Å per pixel, as the list says from which it was imported: wins over the header",
    )
    listed_as = models.TextField(blank=True, help_text="its path in RELION's or cryoSPARC's list")
    listed_undosed_as = models.TextField(blank=True, help_text="the same of its sum without dose weighting")
    optics_group = models.CharField(max_length=200, blank=True, help_text="RELION's name of it")
    cryosparc_uid = models.CharField(max_length=20, blank=True)
    replaced_pixels = models.PositiveIntegerField(default=0, help_text="NaN or infinite in the file, filled in")
    particle_threshold = models.FloatField(null=True, blank=True, help_text="instead of the project's")
    contamination_threshold = models.FloatField(null=True, blank=True, help_text="instead of the project's")
    excluded = models.BooleanField(default=False, help_text="left out of training, picking and exports")
    flagged = models.BooleanField(default=False, help_text="somebody wants it looked at again")
    double = models.BooleanField(default=False, help_text="two people are to label it")
    note = models.TextField(blank=True, help_text="why, in a person's words")
    blind = models.BooleanField(default=False, help_text="people see only their own marks on it for now")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"], condition=Q(deleted_at=None), name="micrograph_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def pixel_size(self) -> float | None:
        """Å per pixel, as used; None while no person, list or file gives it (docs/decisions/0049-incoming.md)."""
        return self.project.pixel_size_of(self._file_pixel_size)

    @property
    def diameter_px(self) -> float | None:
        """A particle's diameter in this micrograph's pixels; None while it or the pixel size is unknown."""
        return self.project.diameter_px_of(self._file_pixel_size)

    @property
    def _file_pixel_size(self) -> float | None:
        return self.listed_pixel_size or self.header_pixel_size

    @property
    def path(self) -> str:
        """The file's path as people know it: on this machine, or on theirs as far as the browser told it.

        Of what was uploaded before paths were kept, the file's name is all that is known.
        """
        return self.source or self.uploaded_as or self.file_name
