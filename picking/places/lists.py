"""Files that a list of micrographs names."""

import os
from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from picking.data_roots import OUTSIDE, lies_under, opened
from picking.folders import NO_FILE, NOWHERE, UNFIT
from picking.places.place import Place
from picking.refusals import Refused
from picking.science.file_names import is_passed_by, looks_like_micrograph, shown, unfit_character
from picking.science.imaging.other_kinds import kind_by_name
from picking.science.lists import UnreadableList, read_list

TWICE = "in the list twice"
GONE = "named in the list, but not there"
NAMED_OTHERWISE = "not a micrograph by its name"
FIRST = 50
"""Rows of a list whose files are looked for to find the folder that its paths start from."""


def in_list(path: Path, within: Sequence[Path] | None) -> Place:
    """The files that a list names. `within`: the real folders that all of them must lie under; None: anywhere.

    Raises Refused for a file that is no list, or one none of whose files can be found.
    """
    try:
        listed = read_list(path, partial(opened, within=within))
    except UnreadableList as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror}).") from error
    base = _project_folder(path, [each.path for each in listed.micrographs], within)
    place = Place(kind="list", folder=base)
    for each in listed.micrographs:
        file = Path(os.path.normpath(base / each.path))
        reason = TWICE if file in place.listed else _unfit(file, within)
        if reason:
            place.left_out[reason].append(shown(each.path))
        else:
            place.listed[file] = each
            place.micrographs.append(file)
    place.notes = _notes(listed.program, place, len(listed.no_ctf))
    for written, reason in listed.no_ctf.items():
        place.left_out[f"CTF values only: {reason}"].append(shown(written))
    return place


def _project_folder(path: Path, names: Sequence[str], within: Sequence[Path] | None) -> Path:
    """The nearest folder above the list from which one of its first files is found."""
    above = [folder for folder in path.parents if lies_under(folder, within)]
    for folder in above:
        files = [folder / name for name in islice(names, FIRST)]
        if any(lies_under(file, within) and file.exists() for file in files):
            return folder
    raise Refused(
        f"None of the first micrographs that {path.name} names is found, such as {shown(names[0])}: it was looked for "
        f"from {', '.join(map(str, above[:4]))}{' …' if len(above) > 4 else ''}. The paths in the file start from the "
        "project folder of RELION or cryoSPARC: leave the file where that program wrote it."
    )


def _unfit(file: Path, within: Sequence[Path] | None) -> str:
    if unfit_character(str(file)):
        return UNFIT
    if is_passed_by(file.name) or not looks_like_micrograph(file.name):
        return kind_by_name(file.name) or NAMED_OTHERWISE
    if not lies_under(file, within):
        return OUTSIDE
    if file.is_file():
        return ""
    return NO_FILE if file.exists() else NOWHERE if file.is_symlink() else GONE


def _notes(program: str, place: Place, faulty: int) -> list[str]:
    rows = place.listed.values()
    sizes = sorted({row.pixel_size for row in rows if row.pixel_size})
    ctf = sum(row.ctf is not None for row in rows)
    said = [f"A list by {program}, whose paths start from {place.folder}."]
    if sizes:
        some = ", ".join(f"{size:g}" for size in sizes[:4]) + (" …" if len(sizes) > 4 else "")
        said.append(f"Its pixel size ({some} Å) applies instead of the files’ headers.")
    if ctf or faulty:
        said.append(f"CTF values come with {ctf} of {len(rows)} micrographs.")
    return said
