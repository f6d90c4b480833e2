"""Rules that match the names in files with those of a project, taken from both."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from picking.science.formats.matched import NO_OTHERS, MatchedNames, match_names
from picking.science.formats.name_rule import AS_WRITTEN, NameRule
from picking.science.formats.names import base_name
from picking.science.incoming.endings import known, voted

MOST = 4
"""Rules are suggested."""


@dataclass(frozen=True)
class SuggestedRule:
    """A rule, and how many of the written names mean one micrograph, none, or may mean several by it.

    `shared`: micrographs that several of the names mean.
    """

    rule: NameRule
    matched: int
    unmatched: int
    ambiguous: int
    shared: int


def suggest_rules(
    written: Collection[str],
    micrographs: Collection[str],
    stem: Callable[[str], str] = str,
    others: Mapping[str, str] = NO_OTHERS,
) -> list[SuggestedRule]:
    """The rules that match most, the best first; names as they are where nothing matches more. Never empty.

    `stem`: what a micrograph is called in the format, as `Format.stem`. `others`: as in `match_names`.
    """
    names = set(written)
    as_written = match_names(names, micrographs, stem, others=others)
    if len(as_written.micrographs) == len(names):
        return [_suggested(AS_WRITTEN, as_written)]
    bases = _Bases(names - as_written.micrographs.keys(), set(micrographs) - set(as_written.micrographs.values()))
    usual = known(bases.all)
    widest = bases.least(usual) or usual
    left = bases.without(widest)
    widest = bases.least(_with(widest, voted(left.written.keys(), left.micrographs)))
    rules = (rule for rule in dict.fromkeys([widest, *_parts(widest)]) if bases.matched(rule))
    tried = [_suggested(rule, match_names(names, micrographs, stem, rule, others)) for rule in rules]
    tried = [each for each in tried if each.matched > len(as_written.micrographs)]
    tried.append(_suggested(AS_WRITTEN, as_written))
    return sorted(tried, key=lambda each: (-each.matched, each.shared, _length(each.rule)))[:MOST]


class _Bases:
    """The last parts of names, which are all that a rule changes: quick to count."""

    def __init__(self, written: Iterable[str], micrographs: Iterable[str]) -> None:
        self.written = Counter(normalize("NFC", base_name(name)) for name in written)
        self.micrographs = {normalize("NFC", name.rsplit("/", 1)[-1]) for name in micrographs}

    @property
    def all(self) -> set[str]:
        return self.micrographs | self.written.keys()

    def matched(self, rule: NameRule) -> int:
        """How many written names become equal to one micrograph's, and no others do."""
        return sum(self.written[name] for name in self._matched(rule))

    def least(self, rule: NameRule) -> NameRule:
        """The rule without those parts that make names alike that are not, or match no more names."""
        best = self.matched(rule)
        for part in [*_parts(rule)] * 2 if best < self.written.total() else _parts(rule):
            fewer = _without(rule, part)
            if fewer != rule and (count := self.matched(fewer)) >= max(best, 1):
                rule, best = fewer, count
        return rule if best else AS_WRITTEN

    def without(self, rule: NameRule) -> "_Bases":
        """What the rule leaves, stripped of what it ignores."""
        matched = set(self._matched(rule))
        written = (rule.bare(name) for name in self.written if name not in matched)
        taken = {rule.bare(name) for name in matched}
        return _Bases(written, {rule.bare(name) for name in self.micrographs} - taken)

    def _matched(self, rule: NameRule) -> list[str]:
        bare = {name: rule.bare(name) for name in self.written}
        theirs, ours = Counter(bare.values()), Counter(map(rule.bare, self.micrographs))
        return [name for name, key in bare.items() if theirs[key] == 1 and ours[key] == 1]


def _suggested(rule: NameRule, names: MatchedNames) -> SuggestedRule:
    return SuggestedRule(rule, len(names.micrographs), len(names.unmatched), len(names.ambiguous), len(names.shared))


def _parts(rule: NameRule) -> list[NameRule]:
    """A rule for each single text; the shortest first, which are the likeliest to be too many."""
    starts = [NameRule(starts=(start,)) for start in sorted(rule.starts, key=len)]
    return [*(NameRule(ends=(end,)) for end in sorted(rule.ends, key=len)), *starts]


def _with(rule: NameRule, more: NameRule) -> NameRule:
    ends, starts = (*rule.ends, *more.ends), (*rule.starts, *more.starts)
    return NameRule(tuple(dict.fromkeys(starts)), tuple(dict.fromkeys(ends)))


def _without(rule: NameRule, part: NameRule) -> NameRule:
    starts = tuple(each for each in rule.starts if each not in part.starts)
    return NameRule(starts, tuple(each for each in rule.ends if each not in part.ends))


def _length(rule: NameRule) -> int:
    return len(rule.starts) + len(rule.ends)
