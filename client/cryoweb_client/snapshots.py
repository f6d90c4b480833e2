"""Check the file of a snapshot against the hash by which it is cited. Needs no server and no CryoWeb."""

import gzip
import hashlib
import json
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from cryoweb_client.errors import CryoWebError

FORMAT = "cryoweb snapshot 1"
LEAST = 12
"""Characters of a hash that is cited in part."""
PIECE = 1 << 20


class Verified(NamedTuple):
    """`sha256`: of the text in the file. `head`: what its first line says of it, such as `name` and `created_at`."""

    sha256: str
    head: dict[str, Any]


def verify(path: Path | str, sha256: str = "") -> Verified:
    """Reads the whole file. Raises CryoWebError where it is damaged or no snapshot, or has another hash.

    `sha256`: as it was cited, or at least its first 12 characters; empty to be told it.
    """
    wanted, digest = sha256.strip().lower(), hashlib.sha256()
    if wanted and not (LEAST <= len(wanted) <= 64 and set(wanted) <= set("0123456789abcdef")):
        raise CryoWebError(f"“{sha256}” is no SHA-256, nor its first {LEAST} characters or more.")
    try:
        with gzip.open(path) as file:
            line = file.readline()
            head = json.loads(line)
            if not isinstance(head, dict) or head.get("format") != FORMAT:
                raise CryoWebError(f"{path} is no snapshot of CryoWeb, or one of a later version.")
            digest.update(line)
            while piece := file.read(PIECE):
                digest.update(piece)
    except (EOFError, ValueError, zlib.error, gzip.BadGzipFile) as error:
        raise CryoWebError(f"{path} is no snapshot of CryoWeb, or damaged: {error}") from error
    if not digest.hexdigest().startswith(wanted):
        raise CryoWebError(f"{path} is not the snapshot that was cited: its hash is {digest.hexdigest()}.")
    return Verified(digest.hexdigest(), head)
