"""Micrographs: which take part, and how browsers see them."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from picking import wire
from picking.models import Label, Micrograph, Project, Region, Verdict
from picking.queries.pick_sets import latest_pick_sets
from picking.queries.visible import visible
from picking.refusals import Refused
from picking.science.formats.coordinates import some_names
from picking.science.imaging.ctf import CtfValues
from picking.science.name_order import name_order

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
    return wire.micrograph_wire(micrograph, picks, hasattr(micrograph, "reference"))


def micrograph_wires(project: Project) -> list[wire.MicrographWire]:
    """All micrographs of a project as browsers see them, in the order of their names."""
    return some_micrograph_wires(project, by_name(project.micrographs.select_related("ctf")))


def some_micrograph_wires(project: Project, rows: Sequence[Micrograph]) -> list[wire.MicrographWire]:
    """Some micrographs of a project as browsers see them, in the order in which they come."""
    sets, known = latest_pick_sets(project), project.micrographs.filter(reference__isnull=False)
    if len(rows) <= MANY:
        ids = [row.pk for row in rows]
        sets, known = sets.filter(micrograph__in=ids), known.filter(pk__in=ids)
    picked: dict[int, wire.PickCountWire] = {
        row["micrograph"]: {"source": row["source"], "count": row["count"]}
        for row in sets.values("micrograph", "source", "count")
    }
    references = set(known.values_list("pk", flat=True))
    return [wire.micrograph_wire(m, picked.get(m.pk), m.pk in references) for m in rows]


def ctf_values(micrograph: Micrograph) -> CtfValues | None:
    """What is known of its CTF; of a row that was read with `ctf`, no query."""
    ctf = getattr(micrograph, "ctf", None)
    return ctf and CtfValues(**{each.name: getattr(ctf, each.name) for each in fields(CtfValues)})


def reviewed(reader: int | None) -> Q:
    """Whether somebody has marked anything on a micrograph, as far as the reader sees (queries/visible.py).

    There is no other sign that it was looked at.
    """
    labels, verdicts, regions = (visible(kind, reader) for kind in (Label, Verdict, Region))
    return Q(on_it(labels)) | Q(on_it(verdicts)) | Q(on_it(regions))


def on_it(rows: QuerySet[Any]) -> Exists:
    """Whether some of these rows are of a micrograph."""
    return Exists(rows.filter(micrograph=OuterRef("pk")))
