"""Names: of micrographs as other programs write them, and of files that every file system accepts."""

from collections import defaultdict
from collections.abc import Callable, Collection
from hashlib import sha256
from unicodedata import normalize

from picking.science.formats.name_rule import AS_WRITTEN, NameRule
from picking.science.imaging.file_name import micrograph_name

MOST_BYTES = 255
"""Of one part of a path, on ext4, XFS and most others."""


class AmbiguousName(Exception):
    """A name that several micrographs have. The message is for people."""


def base_name(path: str) -> str:
    """The last part of a path, without the extension of a micrograph; `.mrc.gz` is one extension."""
    return micrograph_name(path.replace("\\", "/").rsplit("/", 1)[-1])


def base_path(path: str) -> str:
    """A path without the extension of a micrograph."""
    folder, slash, _ = path.rpartition("/")
    return folder + slash + base_name(path)


def finder(
    micrographs: Collection[str],
    base: Callable[[str], str] = base_name,
    stem: Callable[[str], str] = str,
    rule: NameRule = AS_WRITTEN,
) -> Callable[[str], str | None]:
    """Which micrograph a written name or path means; None if it matches none.

    It is the one whose whole name ends the path, the longest such: `Movies/g2/001.mrc` is `g2/001` rather than `001`.
    Else it is the only one whose name ends with what is written: `001` may be `g2/001`. `base` takes the extension off;
    `stem` gives the name that a program has for a micrograph; `rule` says what is ignored on both sides. Composed and
    decomposed letters (é, e´) are the same.
    The function raises AmbiguousName rather than choosing.
    """
    exact = set(micrographs)
    whole, ends = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for name in micrographs:
        whole[_bare(name, rule)].append(name)
    own = set(whole)
    for name in micrographs:
        alias = _bare(stem(name), rule)
        if alias not in own:
            whole[alias].append(name)
    for path, names in whole.items():
        for end in _ends(path)[1:]:
            ends[end].extend(names)
    deepest = max((path.count("/") for path in whole), default=0)

    def find(written: str) -> str | None:
        if written in exact:
            return written
        folder, slash, last = normalize("NFC", written).replace("\\", "/").rpartition("/")
        paths = [folder + slash + rule.bare(end) for end in dict.fromkeys((last, base(last)))]
        for path in paths:
            for end in _ends(path, deepest):
                if end in whole:
                    return _only(written, whole[end])
        return next((_only(written, ends[path]) for path in paths if path in ends), None)

    return find


def short(name: str, suffix: str) -> str:
    """`name`, each part cut to MOST_BYTES, the last together with `suffix`. It cannot lead out of a folder."""
    *folders, last = name.split("/")
    kept = [_fitting(folder, MOST_BYTES) for folder in folders if folder.strip(".")]
    return "/".join([*kept, _fitting(last, MOST_BYTES - len(suffix))])


def marked(name: str, room: int) -> str:
    """The start of a name and a digest of all of it, in `room` bytes: different for different names."""
    mark = "~" + sha256(name.encode()).hexdigest()[:12]
    return name.encode()[: room - len(mark)].decode(errors="ignore") + mark


def _bare(name: str, rule: NameRule) -> str:
    folder, slash, last = normalize("NFC", name).rpartition("/")
    return folder + slash + rule.bare(last)


def _fitting(part: str, room: int) -> str:
    return part if len(part.encode()) <= room else marked(part, room)


def _only(written: str, names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    if len(names) > 1:
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        raise AmbiguousName(f"“{written}” matches {', '.join(names[:3])}{more}. Add its folder to the name.")
    return names[0]


def _ends(path: str, deepest: int | None = None) -> list[str]:
    """The path, the path without its first folder and so on; not those with more folders than `deepest`."""
    parts = path.split("/")
    if deepest is not None:
        parts = parts[-deepest - 1 :]
    return ["/".join(parts[start:]) for start in range(len(parts))]
