"""Sessions: those that ran out go."""

from django.contrib.sessions.models import Session
from django.utils import timezone

from picking.actions.people.browsers import forget_old_browsers


def clear_old_sessions() -> int:
    """Deletes those that ran out, and returns how many."""
    count, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    forget_old_browsers()
    return count
