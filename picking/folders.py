"""Folders on the server that people may import from: those under the allowed data roots. What is in a folder."""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from picking.data_roots import LINKED_OUTSIDE, OUTSIDE, leads_out, lies_under
from picking.refusals import Refused
from picking.science.file_names import looks_like_micrograph, micrograph_name, shown, unfit_character
from picking.science.imaging.file_name import EXTENSIONS, extension
from picking.science.imaging.other_kinds import kind_by_name
from picking.science.name_order import name_order

LeftOut = dict[str, list[str]]
"""Reason -> files, as paths below the folder that was looked in."""

OTHER_KIND = "not an image format that CryoWeb reads"
NOWHERE = "a broken link"
NO_FILE = "not a file"
LINKED_FOLDER = "a link to a folder: use that folder itself"
LINKED_FOLDER_OUTSIDE = f"a link to a folder {OUTSIDE}: an administrator can add that folder to CRYOWEB_DATA_ROOTS"
CLOSED = "CryoWeb has no permission to read this folder"
UNFIT = "the path contains an invisible character: rename it"
COMPANION = "same name as another file here"


@dataclass
class InFolder:
    """The micrographs of a folder in the order of their names, and what else is there."""

    micrographs: list[Path] = field(default_factory=list)
    left_out: LeftOut = field(default_factory=lambda: defaultdict(list))


def allowed_folder(path: str, roots: Sequence[Path]) -> Path:
    """The folder, links resolved, which lies under one of the roots that somebody may use.

    Raises Refused, in the same words for all reasons, when it may not be used.
    """
    try:
        folder = Path(path).resolve()
        allowed = lies_under(folder, roots) and os.access(folder, os.R_OK | os.X_OK)
    except (ValueError, OSError):
        allowed = False
    if not allowed or not folder.is_dir():
        known = ", ".join(map(str, roots)) or "none: an administrator gives them to people with CRYOWEB_DATA_ROOTS"
        raise Refused(f"{path} is not a folder under the allowed data roots ({known}).")
    return folder


def look_in(folder: Path, recursive: bool = False, within: Sequence[Path] | None = None) -> InFolder:
    """What is in a folder, and in its subfolders if requested.

    Files and folders that begin with a dot are skipped: macOS and rsync use such names for unfinished ones.
    A link is known by its own name; links to folders are not followed, as they may lead in circles.
    `within`: the real folders that links must not lead out of; None: anywhere.
    """
    found = InFolder()
    closed: list[OSError] = []
    for above, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted((f for f in folders if not f.startswith(".")), key=name_order)
        for name in folders:
            if leads_out(Path(above, name), within):
                found.left_out[LINKED_FOLDER_OUTSIDE].append(_below(folder, above, name))
            elif recursive and Path(above, name).is_symlink():
                found.left_out[LINKED_FOLDER].append(_below(folder, above, name))
        if not recursive:
            folders.clear()
        sort_out(found, folder, Path(above), [f for f in files if not f.startswith(".")], within)
    for error in closed:
        found.left_out[CLOSED].append(_below(folder, str(error.filename)))
    return found


def sort_out(found: InFolder, folder: Path, above: Path, names: Iterable[str], within: Sequence[Path] | None) -> None:
    """Of files that differ only in the extension, the kind that stands first in EXTENSIONS is the micrograph."""
    taken: dict[str, Path] = {}
    for name in sorted(names, key=lambda name: (_kind(name), name_order(name))):
        file = above / name
        reason = _unfit(file, within) or (COMPANION if micrograph_name(name) in taken else "")
        if reason:
            found.left_out[reason].append(_below(folder, above, name))
        else:
            taken[micrograph_name(name)] = file
    found.micrographs += sorted(taken.values(), key=lambda file: name_order(file.name))


def _unfit(file: Path, within: Sequence[Path] | None) -> str:
    if leads_out(file, within):
        return LINKED_OUTSIDE  # before anything that would tell what is there
    if not looks_like_micrograph(file.name):
        return kind_by_name(file.name) or OTHER_KIND
    if unfit_character(str(file)):
        return UNFIT
    if file.is_file():
        return ""
    return NOWHERE if file.is_symlink() and not file.exists() else NO_FILE


def _kind(name: str) -> int:
    return EXTENSIONS.index(extension(name).lower()) if extension(name) else len(EXTENSIONS)


def _below(folder: Path, *parts: str | Path) -> str:
    return shown(os.path.relpath(Path(*parts), folder))
