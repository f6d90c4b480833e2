"""The only reader that turns rows into science types and snapshots."""

import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, When

from picking import wire
from picking.models import (
    Job,
    Label,
    Micrograph,
    PickSet,
    Project,
    Region,
    Training,
    User,
    Verdict,
)
from picking.models.mark import Mark
from picking.science import final
from picking.science.evaluate import Agreement, agreement
from picking.science.file_names import export_paths
from picking.science.formats import FORMATS, Coordinate, Export, ExportMicrograph
from picking.science.imaging.file_name import EXTENSIONS
from picking.science.name_order import name_order
from picking.science.picks import Picks, Points, as_points, unpack
from picking.science.polygon import clipped
from picking.wire.columns import Columns, ColumnsOf
from picking.wire.snapshot import LABELS, REGIONS, VERDICTS

KINDS = [kind.value for kind in Label.Kind]


def projects_of(user: User) -> QuerySet[Project]:
    """The projects a person is a member of, the ones changed last first."""
    return Project.objects.filter(memberships__user=user)


def included(project: Project) -> QuerySet[Micrograph]:
    """The micrographs that take part in training, picking and exports: those that nobody excluded."""
    return project.micrographs.filter(excluded=False)


def label_counts(project: Project) -> dict[str, int]:
    """How many labels of each kind the networks learn from; verdicts count, since they teach too."""
    labels = Label.objects.filter(micrograph__in=included(project))
    counts = Counter(dict.fromkeys(KINDS, 0))
    counts.update(dict(labels.values_list("kind").annotate(n=Count("pk")).order_by()))
    verdicts = Verdict.objects.filter(micrograph__in=included(project))
    rejected = verdicts.filter(kind=Verdict.Kind.REJECT).count()
    counts["background"] += rejected
    counts["particle"] += verdicts.count() - rejected
    return dict(counts)


def without_pixel_size(project: Project) -> dict[int, str]:
    """id -> name of the included micrographs whose pixel size neither a person nor the file says."""
    if project.pixel_size:
        return {}
    return dict(included(project).filter(header_pixel_size=None).values_list("pk", "name"))


def diameter_px(micrograph: Micrograph) -> float | None:
    """The particle's diameter in pixels of a micrograph; None while its pixel size is unknown."""
    pixel_size = micrograph.project.pixel_size or micrograph.header_pixel_size
    return micrograph.project.particle_diameter / pixel_size if pixel_size else None


def particle_labels(micrograph: Micrograph) -> Points:
    """(n, 2): where people marked particles on a micrograph."""
    return as_points(list(micrograph.labels.filter(kind=Label.Kind.PARTICLE).values_list("x", "y")))


def latest_pick_sets(project: Project) -> QuerySet[PickSet]:
    """One pick set a micrograph: of the current training where there is one already, else of the last before."""
    of_current = Case(When(training=project.current_training_id, then=0), default=1)
    best_first = PickSet.objects.filter(micrograph=OuterRef("micrograph")).order_by(of_current, "-training__version")
    return PickSet.objects.filter(micrograph__project=project, pk=Subquery(best_first.values("pk")[:1]))


def micrograph_wire(micrograph: Micrograph) -> wire.MicrographWire:
    """A micrograph as browsers see it."""
    project = micrograph.project
    picked = latest_pick_sets(project).filter(micrograph=micrograph).values("training", "count").first()
    picks: wire.PickCountWire | None = {"training": picked["training"], "count": picked["count"]} if picked else None
    return wire.micrograph_wire(micrograph, project, picks, hasattr(micrograph, "reference"))


@transaction.atomic
def snapshot(project_id: int, user: User) -> wire.SnapshotRowsWire:
    """All that a browser needs to open a project, as it stands at one sequence number."""
    project = Project.objects.select_for_update().get(pk=project_id)
    membership = project.memberships.select_related("user").get(user=user)
    return {
        "sequence": project.sequence,
        "you": wire.member_wire(membership),
        "project": wire.project_wire(project),
        "members": [wire.member_wire(m) for m in project.memberships.select_related("user")],
        "micrographs": micrographs(project),
        "labels": _columns(Label, project, LABELS),
        "regions": _columns(Region, project, REGIONS),
        "verdicts": _columns(Verdict, project, VERDICTS),
        "trainings": [wire.training_wire(x) for x in _light(project.trainings.all())],
        "jobs": [wire.job_wire(job, with_losses=True) for job in shown_jobs(project)],
        "extensions": list(EXTENSIONS),
        "formats": [{"key": key, "title": each.title} for key, each in FORMATS.items()],
    }


def _columns(model: type[Mark], project: Project, columns: ColumnsOf) -> Columns:
    """The marks of a project, as columns: objects of 50,000 of them would take most of a second."""
    marks = model._default_manager.filter(micrograph__project=project)
    found = columns.of(marks.values_list(*columns.names))
    ids, times = ([str(each) for each in found["id"]], [each.isoformat() for each in found["created_at"]])
    return {**found, "id": ids, "created_at": times}


def networks_of(user: User) -> list[wire.NetworksWire]:
    """The current networks of all projects a person is a member of, the newest first."""
    trainings = Training.objects.filter(project__in=projects_of(user), pk=F("project__current_training"))
    newest_first = _light(trainings).select_related("project").order_by("-created_at")
    return [wire.networks_wire(training) for training in newest_first]


def _light(trainings: QuerySet[Training]) -> QuerySet[Training]:
    """Trainings as they are listed: with their jobs, without what grows with the number of labels."""
    return trainings.select_related("job").defer("held_out", "settings")


def micrographs(project: Project) -> list[wire.MicrographWire]:
    """All micrographs of a project as browsers see them, in the order of their names."""
    picked: dict[int, wire.PickCountWire] = {
        row["micrograph"]: {"training": row["training"], "count": row["count"]}
        for row in latest_pick_sets(project).values("micrograph", "training", "count")
    }
    known = set(project.micrographs.filter(reference__isnull=False).values_list("pk", flat=True))
    rows = _by_name(project.micrographs.select_related("ctf"))
    return [wire.micrograph_wire(m, project, picked.get(m.pk), m.pk in known) for m in rows]


def _by_name(micrographs: Iterable[Micrograph]) -> list[Micrograph]:
    """In the order that people and the page have them in; a database's own depends on its locale."""
    return sorted(micrographs, key=lambda micrograph: name_order(micrograph.name))


def shown_jobs(project: Project) -> QuerySet[Job]:
    """What people see of the background: work under way, failures not yet read, and the last training."""
    last_training = project.jobs.filter(kind=Job.Kind.TRAIN).aggregate(last=Max("pk"))["last"]
    under_way = Q(status__in=[Job.Status.QUEUED, Job.Status.RUNNING])
    unread = Q(status=Job.Status.FAILED, dismissed=False)
    return project.jobs.filter(under_way | unread | Q(pk=last_training))


def packed_picks(sets: Iterable[PickSet]) -> Iterator[bytes]:
    """Pick sets as browsers read them: little-endian uint32 micrograph, training, count; then the rows."""
    for each in sets:
        yield struct.pack("<III", each.micrograph_id, each.training_id, each.count)
        yield bytes(each.rows)


def labelled_points(project: Project) -> dict[str, dict[int, Points]]:
    """kind -> micrograph -> (n, 2) full-resolution x, y that the networks learn from.

    A person's word on a pick teaches as well: what was accepted or moved is a particle, what was rejected is
    background.
    """
    points: dict[str, dict[int, list[tuple[float, float]]]] = {kind: defaultdict(list) for kind in KINDS}
    for label in Label.objects.filter(micrograph__in=included(project)):
        points[label.kind][label.micrograph_id].append((label.x, label.y))
    for verdict in Verdict.objects.filter(micrograph__in=included(project)):
        kind = Label.Kind.BACKGROUND if verdict.kind == Verdict.Kind.REJECT else Label.Kind.PARTICLE
        points[kind][verdict.micrograph_id].append(_verdict_place(verdict))
    return {kind: {m: as_points(xy) for m, xy in by.items()} for kind, by in points.items()}


def _verdict_place(verdict: Verdict) -> tuple[float, float]:
    if verdict.kind == Verdict.Kind.MOVE and verdict.to_x is not None and verdict.to_y is not None:
        return verdict.to_x, verdict.to_y
    return verdict.x, verdict.y


def region_polygons(project: Project) -> dict[int, list[Points]]:
    """micrograph -> polygons of contamination, each (n, 2) x, y."""
    polygons: dict[int, list[Points]] = defaultdict(list)
    for region in Region.objects.filter(micrograph__in=included(project)):
        polygons[region.micrograph_id].append(as_points(region.polygon))
    return polygons


def final_picks(micrograph: Micrograph, project: Project, picks: Picks) -> list[final.FinalPick]:
    """What labels, verdicts, regions, thresholds and limits leave of `picks`. Needs a pixel size."""
    pixel_size = project.pixel_size or micrograph.header_pixel_size
    assert pixel_size is not None
    labels = list(micrograph.labels.all())
    particles = [(x.x, x.y) for x in labels if x.kind == Label.Kind.PARTICLE]
    others = [(x.x, x.y) for x in labels if x.kind != Label.Kind.PARTICLE]
    return final.final_picks(
        picks,
        particles=as_points(particles),
        others=as_points(others),
        verdicts=[_science_verdict(v) for v in micrograph.verdicts.all()],
        regions=[clipped(as_points(r.polygon), micrograph.width, micrograph.height) for r in micrograph.regions.all()],
        diameter_px=project.particle_diameter / pixel_size,
        particle_threshold=threshold_of(micrograph.particle_threshold, project.particle_threshold),
        contamination_threshold=threshold_of(micrograph.contamination_threshold, project.contamination_threshold),
        minimum_distance=project.minimum_distance,
        margin_px=project.border_margin / pixel_size,
        size=(micrograph.width, micrograph.height),
    )


def threshold_of(threshold: float | None, of_project: float) -> float:
    return of_project if threshold is None else threshold


def known_picks(project: Project, only: int | None = None) -> Iterator[tuple[Micrograph, Picks]]:
    """Every included micrograph whose pixel size is known, in the order of their names, with its newest picks.

    There are none where it was not picked yet.
    `only` is the id of the one micrograph that is wanted.
    """
    chosen = {} if only is None else {"pk": only}
    sets = latest_pick_sets(project).filter(**({} if only is None else {"micrograph": only}))
    rows = {each.micrograph_id: bytes(each.rows) for each in sets}
    marks = [Prefetch(f"{kind}s__author") for kind in ("label", "verdict")]
    whole = included(project).filter(**chosen).select_related("reference").prefetch_related("regions", *marks)
    for micrograph in _by_name(whole):
        if project.pixel_size or micrograph.header_pixel_size:
            yield micrograph, unpack(rows.get(micrograph.pk, b""))


def agreement_with_reference(project: Project) -> dict[str, Any]:
    """How well the final picks fit the coordinates known to be right, over the micrographs that have them."""
    total, micrographs = Agreement(), 0
    for micrograph, picks in known_picks(project):
        if not hasattr(micrograph, "reference"):
            continue
        found = as_points([(pick.x, pick.y) for pick in final_picks(micrograph, project, picks)])
        pixel_size = project.pixel_size or micrograph.header_pixel_size or 1.0
        diameter_px = project.particle_diameter / pixel_size
        total += agreement(as_points(micrograph.reference.points), found, diameter_px)
        micrographs += 1
    figures = {"precision": total.precision, "recall": total.recall, "f1": total.f1}
    counts = {"reference_particles": total.reference, "picks": total.found, "matched": total.matched}
    return {**counts, **figures, "micrographs": micrographs}


def export(project: Project, only: int | None = None, folder: str = "", flip_y: bool = False) -> Export:
    """The final picks as the formats write them, of all micrographs or of the one with the id `only`.

    `folder` and `flip_y`: as in `science.formats.Export`.
    """
    found = known_picks(project, only)
    paths = _export_paths(project)
    micrographs = (_export_micrograph(project, micrograph, picks, paths[micrograph.pk]) for micrograph, picks in found)
    return Export(project.particle_diameter, micrographs, folder, flip_y)


def _export_paths(project: Project) -> dict[int, str]:
    rows = list(project.micrographs.all())
    return dict(zip((row.pk for row in rows), export_paths([(row.name, row.path) for row in rows]), strict=True))


def _export_micrograph(project: Project, micrograph: Micrograph, picks: Picks, path: str) -> ExportMicrograph:
    said: dict[tuple[float, float], Label | Verdict] = {_verdict_place(v): v for v in micrograph.verdicts.all()}
    said.update({(label.x, label.y): label for label in micrograph.labels.all()})
    coordinates = []
    for pick in final_picks(micrograph, project, picks):
        mark = said.get((pick.x, pick.y)) if pick.source != "network" else None
        author = mark.author.username if mark and mark.author else ""
        created = mark.created_at.isoformat() if mark else ""
        coordinates.append(Coordinate(**asdict(pick), author=author, created=created))
    return ExportMicrograph(
        name=micrograph.name,
        file_name=path,
        width=micrograph.width,
        height=micrograph.height,
        pixel_size=project.pixel_size or micrograph.header_pixel_size or 1.0,
        picks=coordinates,
    )


def _science_verdict(verdict: Verdict) -> final.Verdict:
    kind: Any = verdict.kind
    return final.Verdict(kind, verdict.x, verdict.y, verdict.to_x, verdict.to_y)
