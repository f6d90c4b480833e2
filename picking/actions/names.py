"""Names typed by people or given to files: what is accepted as a name, and in which spelling."""

from pathlib import PurePath

from picking.refusals import Refused
from picking.science.file_names import composed, is_passed_by, shown, unfit_character


def fit_name(text: str) -> str:
    """The name in composed form, without spaces around it. Raises Refused for characters not allowed in names."""
    name = composed(text).strip()
    character = unfit_character(name)
    if character:
        raise Refused(f"{shown(name)}: this name contains the invisible character {character}. Remove it.")
    return name


def require_fit_file(path: PurePath) -> None:
    """Raises Refused for a file whose path has invisible characters, or whose name begins with a dot."""
    fit_name(str(path))
    if is_passed_by(path.name):
        raise Refused(
            f"{path}: files whose names begin with a dot are skipped, because macOS and rsync use such names for "
            "unfinished files. Rename it if it is a micrograph."
        )
