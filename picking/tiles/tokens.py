"""The right to fetch a project's tiles, as part of their address: checked without a query.

A token is bound to one user, one project and a time at which it ends. It changes every six hours, so that
browsers can cache the tiles behind it, and holds for at least six more.
"""

import hashlib
import hmac
import time

from django.conf import settings

HOURS_6 = 6 * 60 * 60


def tile_base(project_id: int, user_id: int) -> str:
    """The start of the address of every tile of a project, for one person."""
    expiry = (int(time.time()) // HOURS_6 + 2) * HOURS_6
    return f"/tiles/{project_id}/{user_id}/{expiry}/{_signature(project_id, user_id, expiry)}"


def holds(project_id: int, user_id: int, expiry: int, signature: str) -> bool:
    """Whether the signature is ours and its time has not ended."""
    expected = _signature(project_id, user_id, expiry)
    return hmac.compare_digest(expected.encode(), signature.encode()) and time.time() < expiry


def _signature(project_id: int, user_id: int, expiry: int) -> str:
    message = f"tiles:{project_id}:{user_id}:{expiry}"
    return hmac.new(settings.SECRET_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()[:32]
