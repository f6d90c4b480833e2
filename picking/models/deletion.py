"""What is deleted and can still be restored. It stays in the database and on the disk, and no reader finds it."""

from datetime import timedelta
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import Manager, QuerySet

RESTORABLE = timedelta(days=30)
"""So long. Then the workers remove rows and files (docs/decisions/0065-deletion-and-named-snapshots.md)."""
Row = TypeVar("Row", bound=models.Model)


class Shown(Manager[Row]):
    """The gate: rows that are not deleted, nor belong to what is. `project.micrographs`, `micrograph.labels` and all
    other relations to a model pass through its gate too.
    """

    def get_queryset(self) -> QuerySet[Row]:
        model: Any = self.model
        return super().get_queryset().filter(**{model.hidden_by: None})


class Everything(Manager[Row]):
    """Around the gate."""


class Hideable(models.Model):
    """Shows while the column `hidden_by`, of itself or of what it belongs to, is null."""

    hidden_by: ClassVar[str]

    objects = Shown()
    including_deleted = Everything()

    class Meta:
        abstract = True


class Deletable(Hideable):
    """What people delete and may restore."""

    hidden_by = "deleted_at"
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey("picking.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True
