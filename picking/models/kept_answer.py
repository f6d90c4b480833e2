"""KeptAnswer: what a request that names itself was answered, so that sending it again does nothing twice."""

from django.db import models


class KeptAnswer(models.Model):
    """`status` null: the request is still under way. `body` null besides a status: not to be told twice, or empty."""

    user = models.ForeignKey("picking.User", on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey("picking.Project", null=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255, help_text="the header Idempotency-Key")
    asked = models.CharField(max_length=64, help_text="SHA-256 of method, address, token and body")
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="kept_answer_once")]
        indexes = [models.Index(fields=["created_at"], name="kept_answer_by_age")]

    def __str__(self) -> str:
        return f"{self.key} of {self.user}"
