"""`manage.py demo`: a project of simulated micrographs with known truth, and a few labels to start from."""

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import PutLabel
from picking.actions.micrographs.ctf import set_ctf
from picking.actions.micrographs.imports import import_in_place
from picking.actions.micrographs.references import set_reference
from picking.actions.projects.projects import create_project
from picking.jobs.here import run_here
from picking.management.accounts import account_of
from picking.models import Label, Micrograph, Project, User
from picking.science.imaging.write import write_mrc
from picking.science.picks import Points
from picking.science.simulate import SimulatedMicrograph, Simulation, simulate_micrograph

DEFOCI = (10_000, 13_000, 16_000, 19_000, 22_000, 25_000)  # Å
LABELLED = 2
LABELS_A_KIND = 8


class Command(BaseCommand):
    help = "Create the demo project: six simulated micrographs, two of them with a few labels of each kind."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--user", default="admin", help="who owns it (default admin)")

    def handle(self, **options: Any) -> None:
        user = account_of(options["user"])
        project = create_project(user, "Demo: simulated particles", Simulation.diameter)
        for number, defocus in enumerate(DEFOCI):
            self._add(project, user, number, defocus)

    def _add(self, project: Project, user: User, number: int, defocus: float) -> None:
        name = f"simulated_{number + 1:02}_{defocus / 10_000:.1f}um"
        self.stdout.write(f"  {name}")
        wanted = Simulation(defocus=defocus, carbon=number % 3 == 1)
        simulated = simulate_micrograph(wanted, seed=number)
        file = Path(settings.CRYOWEB_DATA) / "demo" / str(project.pk) / f"{name}.mrc"
        file.parent.mkdir(parents=True, exist_ok=True)
        write_mrc(file, simulated.pixels, Simulation.pixel_size)
        (job,), _ = import_in_place(project.pk, user, [file])
        run_here(job)
        micrograph = Micrograph.objects.get(project=project, name=name)
        set_reference(micrograph, simulated.particles)
        set_ctf(micrograph, wanted.ctf)
        if number < LABELLED:
            apply_operations(project.pk, user, labels_of(micrograph, simulated))


def labels_of(micrograph: Micrograph, simulated: SimulatedMicrograph) -> list[PutLabel]:
    """A handful of labels of each kind, as a person would have placed them."""
    places: dict[str, Points] = {
        Label.Kind.PARTICLE: simulated.particles,
        Label.Kind.BACKGROUND: simulated.background,
        Label.Kind.CONTAMINATION: simulated.contamination,
    }
    return [
        PutLabel(uuid.uuid4(), uuid.uuid4(), micrograph.pk, kind, x, y)
        for kind, points in places.items()
        for x, y in points[:LABELS_A_KIND].tolist()
    ]
