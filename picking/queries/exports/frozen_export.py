"""An export of a named snapshot: from its file alone, so that it gives the same bytes again."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from picking import storage
from picking.models import NamedSnapshot, Project
from picking.queries.exports.export import (
    EXCLUDED,
    NOT_REVIEWED,
    Outgoing,
    outgoing,
    renaming_of,
    require_names,
    require_sense,
)
from picking.queries.exports.freeze import OF_PROJECT, OF_PROJECT_TOO
from picking.queries.micrographs.micrographs import require_diameter
from picking.queries.picks.source_picks import SourcePicks
from picking.refusals import Refused
from picking.science.extract.settings import STACKS
from picking.science.formats.export import ExportMicrograph
from picking.science.formats.whence import Whence
from picking.science.frozen import BadSnapshot, opened, thawed, thawed_picks
from picking.wire import CitedSnapshotWire, ExportOptions
from picking.wire.named_snapshot import address_of


@dataclass
class FrozenOutgoing(Outgoing):
    """What a named snapshot holds, instead of what the project holds now."""

    named: NamedSnapshot | None = None

    def held(self) -> Iterator[tuple[int, ExportMicrograph, Whence]]:
        for row in self._rows():
            picks, moved = thawed_picks(row["picks"])
            yield row["id"], thawed(row, picks), _whence(row, moved)

    def cited(self) -> CitedSnapshotWire | None:
        named = self.named
        assert named is not None
        return {"number": named.number, "name": named.name, "address": address_of(named), "sha256": named.sha256}

    def count(self) -> int:
        return sum(1 for _ in self._rows())

    def first(self) -> ExportMicrograph | None:
        row = next(self._rows(), None)
        return thawed(row, thawed_picks(row["picks"])[0]) if row else None

    def _rows(self) -> Iterator[dict[str, Any]]:
        assert self.named is not None
        with opened(storage.named_snapshot_path(self.named)) as (_, rows):
            yield from (row for row in rows if why_left_out(row, self.options) == "")


def _whence(row: dict[str, Any], moved: set[tuple[float, float]]) -> Whence:
    particle, contamination = row["thresholds"]
    return Whence(particle, contamination, row["training"], moved)


def outgoing_of(project: Project, options: ExportOptions) -> Outgoing:
    """What these options mean, for the project now or for a named snapshot of it. Raises Refused."""
    if options.snapshot is None:
        return outgoing(project, options)
    require_sense(options)
    if options.sources != [0]:
        raise Refused("A snapshot holds final picks alone. Choose no other sources.")
    named = project.named_snapshots.filter(number=options.snapshot).first()
    if named is None or not named.sha256 or named.removed_at:
        raise Refused(f"There is no snapshot {options.snapshot} of this project, or it is not finished yet.")
    left_out: dict[str, list[str]] = {}
    names = []
    try:
        with opened(storage.named_snapshot_path(named)) as (head, rows):
            for row in rows:
                why = why_left_out(row, options)
                if not why:
                    names.append(row["name"])
                elif why != OTHERS:
                    left_out.setdefault(why, []).append(row["name"])
    except (BadSnapshot, OSError) as gone:
        raise Refused(f"The file of this snapshot cannot be read: {gone}") from gone
    if options.micrograph and not names:
        raise Refused("This snapshot holds no picks of this micrograph.")
    require_names(renaming_of(options), names)
    then = copy(project)
    for name in (*OF_PROJECT, *OF_PROJECT_TOO):
        setattr(then, name, head["project"][name])
    then.sequence = head["sequence"]
    require_diameter(then)
    if options.format == STACKS and options.box_px is None:
        options = replace(options, box_px=head["suggested_box"])
    nothing = project.micrographs.none()
    left_out |= head["left_out"] if not options.micrograph else {}
    return FrozenOutgoing(then, options, nothing, SourcePicks(then, {}), left_out, frozen=head, named=named)


OTHERS, NO_PIXEL_SIZE = "not asked for", "without a pixel size"


def why_left_out(row: dict[str, Any], options: ExportOptions) -> str:
    """Why a micrograph of a snapshot is not in an export; empty where it is."""
    if options.micrograph not in (None, row["id"]):
        return OTHERS
    if row["excluded"]:
        return EXCLUDED
    if row["picks"] is None:
        return NO_PIXEL_SIZE
    return NOT_REVIEWED if options.reviewed_only and not row["reviewed"] else ""
