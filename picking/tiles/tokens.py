"""The right to fetch a project's tiles, as part of their address: checked without a query.

An address is signed for one user, one project and a time at which it ends. It changes every six hours, so that
browsers can cache the tiles behind it, and holds for at least six more.
"""

import time

from django.core.signing import BadSignature, Signer

HOURS_6 = 6 * 60 * 60
_signer = Signer(salt=__name__, sep="/")


def tile_base(project_id: int, user_id: int) -> str:
    """The start of the address of every tile of a project, for one person."""
    expiry = (int(time.time()) // HOURS_6 + 2) * HOURS_6
    return "/tiles/" + _signer.sign(f"{project_id}/{user_id}/{expiry}")


def holds(signed: str) -> bool:
    """Whether `<project>/<user>/<expiry>/<signature>` was signed here, and its time has not ended."""
    try:
        return time.time() < int(_signer.unsign(signed).rpartition("/")[2])
    except BadSignature:
        return False
