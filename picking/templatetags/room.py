"""How much room is left, for the administrator's page."""

import shutil
from typing import TypedDict

from django import template
from django.conf import settings

from picking.room import LITTLE_BYTES, said

register = template.Library()


class Room(TypedDict):
    free: str
    total: str
    is_little: bool


@register.simple_tag
def free_room() -> Room:
    """Of the disk that holds CRYOWEB_DATA."""
    disk = shutil.disk_usage(settings.CRYOWEB_DATA)
    return {"free": said(disk.free), "total": said(disk.total), "is_little": disk.free < LITTLE_BYTES}
