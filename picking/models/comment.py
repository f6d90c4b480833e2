"""Comment: what people say to one another. Mention: whom it names. ThreadRead: how far somebody has read."""

from django.db import models
from django.utils import timezone

from picking.models.deletion import Hideable


class Comment(Hideable):
    """On a place, on a micrograph or on the project as a whole; or the answer to one of these, its `parent`.

    A browser makes it, and chooses its id. `sequence` is the event since which it is to be read: the one that added
    it, or an edit that named somebody new.
    """

    hidden_by = "micrograph__deleted_at"
    id = models.UUIDField(primary_key=True)
    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="comments")
    micrograph = models.ForeignKey(
        "picking.Micrograph", null=True, blank=True, on_delete=models.CASCADE, related_name="comments"
    )
    x = models.FloatField(null=True, blank=True, help_text="full-resolution pixels; null for the whole micrograph")
    y = models.FloatField(null=True, blank=True)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="replies",
        help_text="never a reply itself",
    )
    author = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    sequence = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey("picking.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    deleted_at = models.DateTimeField(null=True, blank=True, help_text="kept, so that it can be taken back")
    deleted_by = models.ForeignKey("picking.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:40]}"


class Mention(models.Model):
    """A member whom a comment names. They may be called otherwise by now, or have left: `name` stands in the text."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey("picking.User", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="mention_once")]

    def __str__(self) -> str:
        return f"@{self.name}"


class ThreadRead(models.Model):
    """Up to which event somebody has read a thread: a comment that answers none, with its answers."""

    user = models.ForeignKey("picking.User", on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reads")
    sequence = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "thread"], name="thread_read_once")]

    def __str__(self) -> str:
        return f"{self.user} up to {self.sequence}"
