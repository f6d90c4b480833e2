"""Job: one piece of background work. This row is authoritative, whatever the broker lost or duplicated."""

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """Claimed by compare-and-swap, held by a lease, written under a fence (docs/decisions/0002-jobs.md)."""

    class Kind(models.TextChoices):
        IMPORT = "import"
        TRAIN = "train"
        PICK = "pick"
        GUESS = "guess"
        VALIDATE = "validate"
        EXPORT = "export"
        SNAPSHOT = "snapshot"
        DIAMETER = "diameter"
        AVERAGE = "average"

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        FINISHED = "finished"
        FAILED = "failed"
        CANCELLED = "cancelled"

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.QUEUED)
    created_by = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    request_id = models.CharField(
        max_length=64, blank=True, db_default="", default="", help_text="of the request that started it, for the log"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    # What to do
    name = models.TextField(blank=True, help_text="import: the file's path as people see it")
    source = models.TextField(blank=True, help_text="import: where the file lies")
    in_place = models.BooleanField(default=False, help_text="import: use the file where it lies")
    lies_at = models.TextField(blank=True, help_text="import: its real path when it was queued, used in place")
    listed = models.JSONField(null=True, blank=True, help_text="import: what a list says of the file")
    training = models.ForeignKey(
        "picking.Training", null=True, blank=True, on_delete=models.CASCADE, related_name="jobs"
    )

    # Who does it
    owner = models.CharField(max_length=100, blank=True)
    fence = models.PositiveIntegerField(default=0, help_text="grows with each claim; older claims cannot write")
    first_fence = models.PositiveIntegerField(
        default=0, db_default=0, help_text="the fence when somebody queued it again"
    )
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="when the broker was last told")
    cancel_requested = models.BooleanField(default=False)
    begun = models.JSONField(
        null=True,
        blank=True,
        help_text="pick: micrographs under way, which no other worker takes while the lease holds",
    )

    # How far it is
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=250, blank=True)
    losses = models.JSONField(default=list, blank=True, help_text="train: [[network, step, loss], …]")
    error = models.TextField(blank=True)
    dismissed = models.BooleanField(default=False, help_text="a person has read the error")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["status", "lease_until"], name="job_by_lease")]
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(kind="train", status__in=["queued", "running"]),
                name="one_training_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.status})"
