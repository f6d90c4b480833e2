"""Names that people type or files have: what is taken as a name, in which spelling."""

from pathlib import PurePath

from picking.refusals import Refused
from picking.science.file_names import composed, is_passed_by, shown, unfit_character


def fit_name(text: str) -> str:
    """The name in composed form, without spaces around it. Raises Refused for characters that no name may have."""
    name = composed(text).strip()
    character = unfit_character(name)
    if character:
        raise Refused(f"{shown(name)}: the character {character} in this name does not show. Write it without.")
    return name


def require_fit_file(path: PurePath) -> None:
    """Raises Refused for a file whose path has characters that do not show, or that is passed by."""
    fit_name(str(path))
    if is_passed_by(path.name):
        raise Refused(
            f"{path}: files that begin with a dot are passed by, because macOS and rsync leave unfinished ones under "
            "such names. Rename it if it is a micrograph."
        )
