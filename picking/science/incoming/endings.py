"""What programs add to the names of micrographs, and what the names themselves show to be added."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable

from picking.science.formats.name_rule import NameRule

UID = "#_"
"""cryoSPARC begins the names of its files with a number of 21 digits."""

ENDS = (
    *("_patch_aligned_doseweighted", "_patch_aligned", "_rigid_aligned", "_full_aligned", "_doseweighted", "_aligned"),
    *("_patch_denoised", "_denoised", "_DW", "_noDW", "_fractions", "_movie", "_EER", "_mc2", "_MotionCorr"),
    *("_motioncor", "_motioncorrected", "_corrected", "_SumCorr", "_sum", "_ave", "_avg", "_avrg", "_average", "_ali"),
    *("_autopick", "_manualpick", "_picks", "_particles", "_coords", "_boxes", "_topaz", "_cryolo", "_info", "_ptcls"),
)
"""Of cryoSPARC, RELION, MotionCor2 and 3, EPU, IMOD, WARP, Topaz and EMAN2."""

_SEPARATORS = "_-. "
_MOST = 3
"""Endings, and as many beginnings, are taken from the names themselves."""

_LEAST_SHARE = 0.2
"""Of the names: what fewer have is part of these names rather than added."""

_UID = re.compile(r"\d+_.")


def known(names: Iterable[str]) -> NameRule:
    """The known beginnings and endings that some of the names have."""
    every = set(names)
    one_after_another = NameRule(ends=ENDS)
    tails = {name[len(one_after_another.bare(name)) :].lower() for name in every}
    ends = tuple(end for end in ENDS if any(end.lower() in tail for tail in tails))
    return NameRule((UID,) if any(map(_UID.match, every)) else (), ends)


def voted(written: Collection[str], micrographs: Collection[str]) -> NameRule:
    """The beginnings and endings in which the most written names differ from the micrograph that is most like each.

    Two different beginnings are none: gridB_001 is a micrograph of another grid than gridA_001.
    """
    starts = _differences({name[::-1] for name in written}, {name[::-1] for name in micrographs}, of_one_side=True)
    return NameRule(
        tuple(start[::-1] for start in _common(starts, len(written))),
        tuple(_common(_differences(set(written), set(micrographs)), len(written))),
    )


def _differences(names: set[str], others: set[str], of_one_side: bool = False) -> Counter[str]:
    """What follows the beginning that a name shares with the one most like it, of either, counted over the names.

    `of_one_side`: only where the other is all of that beginning.
    """
    ordered = sorted(others)
    votes = Counter[str]()
    for name in names:
        at = bisect_left(ordered, name)
        near = ordered[max(at - 1, 0) : at + 1]
        shared = max((_shared(name, other) for other in near), default=0)
        alike = [name, *(other for other in near if other[:shared] == name[:shared])]
        if not of_one_side or min(map(len, alike)) == shared:
            votes.update({_added(text, shared) for text in alike})
    return votes


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _added(text: str, shared: int) -> str:
    """The rest of a text, from the separator at which it begins; empty if none stands there."""
    if shared < len(text) and text[shared] not in _SEPARATORS and shared and text[shared - 1] in _SEPARATORS:
        shared -= 1
    return text[shared:] if shared and text[shared : shared + 1] in tuple(_SEPARATORS) else ""


def _common(votes: Counter[str], names: int) -> list[str]:
    """The most frequent that have a letter: numbers tell micrographs apart."""
    frequent = (text for text, count in votes.most_common() if text and count >= _LEAST_SHARE * names)
    return [text for text in frequent if re.search(r"[^\W\d_]", text) and not re.search(r"[\s,#]", text)][:_MOST]
