"""Micrographs: which take part, and how browsers see them."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from picking import wire
from picking.models import Ctf, Label, Micrograph, Project, Reference, Region, Verdict
from picking.queries.micrographs.as_text import IdText, IsoTime, as_text
from picking.queries.micrographs.pick_sets import latest_pick_sets
from picking.queries.micrographs.visible import visible
from picking.refusals import Refused
from picking.science.formats.coordinates import some_names
from picking.science.imaging.ctf import CtfValues
from picking.science.name_order import name_order
from picking.wire.micrograph import TOLD_OF_CTF, TOLD_OF_MICROGRAPHS, MicrographRow, micrograph_row

MANY = 1000
"""More ids than this are not named in a query: those of the whole project are read then."""

UNSIZED = Q(header_pixel_size=None, listed_pixel_size=None)
"""Neither the file nor a list gives the pixel size."""


def included(project: Project) -> QuerySet[Micrograph]:
    """The micrographs that are picked: those that nobody excluded."""
    return project.micrographs.filter(excluded=False)


def not_blind(project: Project) -> QuerySet[Micrograph]:
    """Those of them whose marks everyone sees: training, figures and exports read no micrograph that is blind."""
    return included(project).filter(blind=False)


def sized(project: Project) -> QuerySet[Micrograph]:
    """Those of the included ones whose pixel size is known."""
    return included(project) if project.pixel_size else included(project).exclude(UNSIZED)


def by_name(micrographs: Iterable[Micrograph]) -> list[Micrograph]:
    """In the order that people and the page have them in; a database's own depends on its locale."""
    return sorted(micrographs, key=lambda micrograph: name_order(micrograph.name))


def require_pixel_size(project: Project, only: int | None = None) -> None:
    """Refuses what needs to know how large a particle is in pixels, on all micrographs or on the one of an id."""
    if project.pixel_size:
        return
    unknown = included(project).filter(UNSIZED, **({} if only is None else {"pk": only}))
    missing = list(unknown.values_list("name", flat=True))
    if missing:
        raise Refused(
            f"These files do not state their pixel size: {some_names(missing)}. Set it in the project settings first."
        )


def require_diameter(project: Project) -> float:
    """The particle diameter in Å. Refuses what needs it while nobody has set it and none was suggested."""
    if project.particle_diameter is None:
        raise Refused("The particle diameter is not known yet. Set it in the project settings first.")
    return project.particle_diameter


def micrograph_wire(micrograph: Micrograph) -> wire.MicrographWire:
    """A micrograph as browsers see it."""
    picked = latest_pick_sets(micrograph.project).filter(micrograph=micrograph).values("source", "count").first()
    picks: wire.PickCountWire | None = {"source": picked["source"], "count": picked["count"]} if picked else None
    ctf = wire.ctf_wire(micrograph.ctf) if hasattr(micrograph, "ctf") else None
    return wire.micrograph_wire(
        micrograph_row(micrograph), micrograph.pixel_size, ctf, picks, hasattr(micrograph, "reference")
    )


def micrograph_wires(project: Project) -> list[wire.MicrographWire]:
    """All micrographs of a project as browsers see them, in the order of their names.

    Columns are read: to make objects of ten thousand would take half a second.
    """
    told = project.micrographs.order_by().values_list(*as_text(TOLD_OF_MICROGRAPHS, key=IdText, created_at=IsoTime))
    rows = map(MicrographRow._make, told)
    return _wires(project, sorted(rows, key=lambda row: name_order(row.name)))


def some_micrograph_wires(project: Project, micrographs: Iterable[Micrograph]) -> list[wire.MicrographWire]:
    """Some micrographs of a project as browsers see them, in the order in which they come."""
    return _wires(project, [micrograph_row(each) for each in micrographs])


def _wires(project: Project, rows: Sequence[MicrographRow]) -> list[wire.MicrographWire]:
    ids = [row.id for row in rows]
    chosen = Q(micrograph__in=ids) if len(ids) <= MANY else Q()
    told = latest_pick_sets(project).filter(chosen).values_list("micrograph", "source", "count")
    picked: dict[int, wire.PickCountWire] = {of: {"source": source, "count": count} for of, source, count in told}
    values = Ctf.objects.filter(chosen, micrograph__project=project).values_list("micrograph", *TOLD_OF_CTF)
    ctfs: dict[int, Any] = {of: dict(zip(TOLD_OF_CTF, row, strict=True)) for of, *row in values}
    known = Reference.objects.filter(chosen, micrograph__project=project)
    references = set(known.values_list("micrograph", flat=True))
    return [
        wire.micrograph_wire(
            row,
            project.pixel_size_of(row.listed_pixel_size or row.header_pixel_size),
            ctfs.get(row.id),
            picked.get(row.id),
            row.id in references,
        )
        for row in rows
    ]


def ctf_values(micrograph: Micrograph) -> CtfValues | None:
    """What is known of its CTF; of a row that was read with `ctf`, no query."""
    ctf = getattr(micrograph, "ctf", None)
    return ctf and CtfValues(**{each.name: getattr(ctf, each.name) for each in fields(CtfValues)})


def reviewed(reader: int | None) -> Q:
    """Whether somebody has marked anything on a micrograph, as far as the reader sees (queries/micrographs/visible.py).

    There is no other sign that it was looked at.
    """
    labels, verdicts, regions = (visible(kind, reader) for kind in (Label, Verdict, Region))
    return Q(on_it(labels)) | Q(on_it(verdicts)) | Q(on_it(regions))


def on_it(rows: QuerySet[Any]) -> Exists:
    """Whether some of these rows are of a micrograph."""
    return Exists(rows.filter(micrograph=OuterRef("pk")))
