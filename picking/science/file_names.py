"""What a file's path says: the micrograph's name, and which part of the path distinguishes it from others."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import takewhile
from pathlib import PurePosixPath

from picking.science.imaging import file_name as files

LONGEST_NAME = 500
"""Characters of a name with folders: four times as many bytes still fit a database's index."""

Parts = tuple[str, ...]


def micrograph_name(file_name: str) -> str:
    """The name of the micrograph in a file: without folder and extension, in Unicode's composed form (NFC)."""
    return composed(files.micrograph_name(PurePosixPath(file_name).name))


def composed(text: str) -> str:
    """One name in one spelling: macOS writes an umlaut as two characters, others as one."""
    return unicodedata.normalize("NFC", text)


def looks_like_micrograph(file_name: str) -> bool:
    """Whether a file's extension is that of an image CryoWeb reads."""
    return bool(files.extension(file_name))


def is_passed_by(path: str) -> bool:
    """Whether the name of a file, or of a folder above it, begins with a dot, as files left by macOS and rsync do."""
    return any(part.startswith(".") for part in PurePosixPath(path).parts)


def unfit_character(text: str) -> str | None:
    """The first character that is not allowed in a name, such as U+202E; None if all are.

    Control and format characters (Unicode's Cc and Cf), lone surrogates and line separators are invisible, or reorder
    the text around them.
    """
    if text.isprintable():
        return None
    return next((f"U+{ord(character):04X}" for character in text if _is_unfit(character)), None)


def shown(text: str) -> str:
    """A name in a form that can be printed and sent, whatever it contains."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_unfit(character) else character for character in text)


def may_be_same_place(one: str, other: str) -> bool:
    """Whether two paths, as far as they are known, can mean the same file: one is the end of the other."""
    parts, others = _folders(one), _folders(other)
    shared = min(len(parts), len(others))
    return _last(parts, shared) == _last(others, shared) and _file_name(one) == _file_name(other)


def are_companions(one: str, other: str) -> bool:
    """Whether two paths differ in nothing but the extension, as a micrograph and a picture of it do."""
    return _folders(one) == _folders(other) and _file_name(one) != _file_name(other)


def name_apart(path: str, others: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The name of a new micrograph, and new names, old -> new, of those that it could be taken for.

    `others`: name -> path of all micrographs there are. A name is the file's, without extension. Where several files
    share a name, each is preceded by the least number of folders that distinguishes them; files with equal paths are
    numbered. Names never lose folders again.
    """
    stem = micrograph_name(path)
    alike = {name: other for name, other in others.items() if micrograph_name(other) == stem}
    depth = _depth({_folders(path), *map(_folders, alike.values())}, max((n.count("/") for n in alike), default=0))
    taken = others.keys() - alike.keys()
    renamed = {}
    for name, other in alike.items():
        renamed[name] = _free(_named(other, depth, name.rsplit("/", 1)[-1]), taken)
        taken.add(renamed[name])
    changed = {old: new for old, new in renamed.items() if old != new}
    return _free(_named(path, depth, stem), taken), changed


def below_common_folder(paths: Sequence[str]) -> list[str]:
    """Each path without the folders that all have in common; absolute and relative paths are treated separately."""
    split = [PurePosixPath(path).parts for path in paths]
    common = {whole: _shared([p[:-1] for p in split if _is_whole(p) == whole]) for whole in (True, False)}
    return ["/".join(parts[common[_is_whole(parts)] :]) for parts in split]


def export_paths(micrographs: Iterable[tuple[str, str]]) -> list[str]:
    """How other programs name each (name, path): by its path below the common folder.

    A file that is numbered because another has the same path is numbered here too, so that neither gets the other's
    picks.
    """
    numbered = []
    for name, path in micrographs:
        last = name.rsplit("/", 1)[-1]
        file = PurePosixPath(path)
        numbered.append(
            path if last == micrograph_name(path) else str(file.with_name(last + files.extension(file.name)))
        )
    return below_common_folder(numbered)


def _is_unfit(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _is_whole(parts: Parts) -> bool:
    return parts[:1] == ("/",)


def _shared(folders: Iterable[Parts]) -> int:
    """The number of leading folders that all have in common."""
    return sum(1 for _ in takewhile(lambda level: len(set(level)) == 1, zip(*folders, strict=False)))


def _folders(path: str) -> Parts:
    return tuple(part for part in PurePosixPath(composed(path)).parts[:-1] if part != "/")


def _file_name(path: str) -> str:
    return composed(PurePosixPath(path).name)


def _last(parts: Parts, number: int) -> Parts:
    return parts[len(parts) - number :] if number < len(parts) else parts


def _named(path: str, depth: int, last: str) -> str:
    return "/".join([*_last(_folders(path), depth), last])


def _depth(places: Collection[Parts], least: int) -> int:
    """How many folders distinguish all paths; `least` where a name would become too long."""
    depth = least
    while len({_last(place, depth) for place in places}) < len(places):
        depth += 1
        if max(len("/".join(_last(place, depth))) for place in places) > LONGEST_NAME - 256:
            return least
    return depth


def _free(name: str, taken: Collection[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free
