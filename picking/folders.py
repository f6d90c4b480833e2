"""Folders of the server's disk that people may name: those under the allowed data roots."""

import os
from pathlib import Path

from django.conf import settings

from picking.actions.change import Refused
from picking.science.imaging.file_name import extension


def allowed_folder(path: str) -> Path:
    """The folder, links resolved. Raises Refused, in the same words for all reasons, when it may not be used."""
    roots = settings.CRYOWEB_DATA_ROOTS
    try:
        folder = Path(path).resolve()
        allowed = any(folder.is_relative_to(root) for root in roots) and os.access(folder, os.R_OK | os.X_OK)
    except (ValueError, OSError):
        allowed = False
    if not allowed or not folder.is_dir():
        known = ", ".join(map(str, roots)) or "none: the administrator names them in CRYOWEB_DATA_ROOTS"
        raise Refused(f"{path} is not a folder under the allowed data roots ({known}).")
    return folder


def micrographs_in(folder: Path) -> list[Path]:
    """The files of a folder that look like micrographs, by name."""
    return sorted(f for f in folder.iterdir() if extension(f.name) and f.is_file())
