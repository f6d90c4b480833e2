"""Webhook: an address that is told of what happens in a project. Delivery: one message for it, sent or to be sent."""

from django.db import models
from django.utils import timezone


class Webhook(models.Model):
    """The secret is kept as it is: every message is signed with it."""

    class Event(models.TextChoices):
        TRAINING_FINISHED = "training.finished"
        PICKING_FINISHED = "picking.finished"
        EXPORT_READY = "export.ready"
        COMMENT_MADE = "comment.made"

    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=2000)
    events = models.JSONField(help_text="values of Event")
    secret = models.CharField(max_length=100)
    active = models.BooleanField(default=True)
    created_by = models.ForeignKey("picking.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """Written with what it tells of, sent later. Waits while `next_try_at` is set: then it is delivered or given up."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=50, unique=True, help_text="the same at every try")
    event = models.CharField(max_length=40, help_text="a Webhook.Event, or ping")
    body = models.TextField(help_text="JSON, byte for byte as it is sent")
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True, default=timezone.now, db_index=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    status_code = models.PositiveIntegerField(null=True, blank=True, help_text="of the last answer")
    response = models.TextField(blank=True, help_text="the beginning of the last answer")
    error = models.TextField(blank=True, help_text="why the last try failed")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.event} to {self.webhook}"
