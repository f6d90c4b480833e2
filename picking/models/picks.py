"""PickSet: the picks of one source on one micrograph."""

from django.db import models

from picking.models.deletion import Hideable


class PickSet(Hideable):
    """Packed rows of (x, y, particle score, contamination score); `picking.science.picks` packs and unpacks.

    Never changed: other picks of the same source are another row, as processes remember rows by their ids.
    """

    hidden_by = "micrograph__deleted_at"
    micrograph = models.ForeignKey("picking.Micrograph", on_delete=models.CASCADE, related_name="pick_sets")
    source = models.ForeignKey("picking.Source", on_delete=models.CASCADE, related_name="pick_sets")
    count = models.PositiveIntegerField()
    rows = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["micrograph", "source"], name="pick_set_once")]

    def __str__(self) -> str:
        return f"{self.count} picks on {self.micrograph}"
