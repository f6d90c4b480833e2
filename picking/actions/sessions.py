"""Sessions: those that ran out go."""

from django.contrib.sessions.models import Session
from django.utils import timezone


def clear_old_sessions() -> int:
    """Deletes those that ran out, and returns how many."""
    count, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return count
