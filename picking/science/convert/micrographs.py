"""The micrographs that written names mean: their files, sizes and names in the output."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from picking.science.file_names import below_common_folder, looks_like_micrograph
from picking.science.formats import MatchedNames, UnreadableCoordinates, match_names
from picking.science.formats.coordinates import some_names
from picking.science.formats.names import base_path
from picking.science.imaging.micrograph import Header, UnreadableMicrograph
from picking.science.imaging.read import read_header
from picking.science.incoming.suggested import suggest_rules


@dataclass(frozen=True)
class Target:
    """A micrograph of the output: `name` as files of it are called, `file_name` its path in tables, `path` its file."""

    name: str
    file_name: str
    path: Path | None = None


@dataclass(frozen=True)
class Targets:
    """Written name -> micrograph; and what could not be matched, in sentences."""

    targets: dict[str, Target]
    notes: list[str] = field(default_factory=list)


def by_name(written: Collection[str]) -> Targets:
    """Micrographs of which nothing but the written name is known. What has no extension is taken for MRC."""
    files = [name if looks_like_micrograph(name) else f"{name}.mrc" for name in written]
    names = [base_path(path) for path in below_common_folder(files)]
    return Targets({each: Target(name, file) for each, name, file in zip(written, names, files, strict=True)})


def in_folder(written: Collection[str], folder: Path, stem: Callable[[str], str]) -> Targets:
    """The micrographs among the files of a folder, by the rule that matches most. Raises UnreadableCoordinates."""
    paths = sorted(path for path in folder.rglob("*") if looks_like_micrograph(path.name) and path.is_file())
    if not paths:
        raise UnreadableCoordinates(f"There are no micrographs in {folder}.")
    ours = {base_path(path.relative_to(folder).as_posix()): path for path in paths}
    rule = suggest_rules(written, ours, stem)[0].rule
    matched = match_names(written, ours, stem, rule)
    if not matched.micrographs:
        raise UnreadableCoordinates(
            f"None of the names matches a micrograph in {folder}. The coordinates name {some_names(written)}; "
            f"the folder has {some_names(ours)}."
        )
    base = Path() if not folder.is_absolute() else folder
    targets = {
        each: Target(name, ours[name].relative_to(base).as_posix(), ours[name])
        for each, name in matched.micrographs.items()
    }
    return Targets(targets, [f"{rule}, to match names."] * bool(rule) + _left_out(matched))


def header_of(path: Path) -> Header:
    """Raises UnreadableCoordinates for a file that is no micrograph."""
    try:
        return read_header(path)
    except UnreadableMicrograph as error:
        raise UnreadableCoordinates(f"{path}: {error}") from error


def _left_out(names: MatchedNames) -> list[str]:
    left = [*names.unmatched, *names.ambiguous]
    if not left:
        return []
    return [f"{len(left):,} names match no micrograph, or several, and are left out: {some_names(left)}."]
