"""Sizes and times as people say them, for pages."""

from datetime import datetime

from django import template
from django.utils import timezone

from picking.room import said

register = template.Library()


@register.filter
def in_bytes(size: int) -> str:
    """Such as 3.2 GiB."""
    return said(size)


@register.filter
def as_duration(seconds: float) -> str:
    """Such as 40 s, 5 min, 3 h, 4 days."""
    size, unit = next(
        (each for each in ((86_400, "days"), (3600, "h"), (60, "min")) if seconds >= 2 * each[0]), (1, "s")
    )
    return f"{seconds / size:.0f}\xa0{unit}"


@register.filter
def since(moment: datetime) -> str:
    """How long ago that was, in the same words."""
    return as_duration(max(0.0, (timezone.now() - moment).total_seconds()))
