"""How much faster two workers pick one project than one does; it is meant to be 1.7 times where each has a core."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from picking.science.imaging.write import write_mrc
from picking.science.simulate import Simulation, simulate_micrograph
from tests import postgres
from tests.bench.server import cpu
from tests.bench.tables import Cell, print_table
from tests.e2e.server import ROOT, Server
from tests.e2e.servers import REDIS, missing

SIMULATION = Simulation(width=2048, height=2048)
MICROGRAPHS, SIMULATED = 60, 6
"""In the project, and how many of them differ: their time is that of any other, and simulating takes a second each."""
ROUNDS = 3
"""Of one worker, then two: what else the machine does changes with time."""
MEANT = 1.7


class Round(NamedTuple):
    """Of a whole project. `processor`: seconds of it that the workers used; `others`: cores that other programs had."""

    seconds: float
    processor: float
    others: float


BUILD = """
from django.core.management import call_command
from picking import storage
from picking.actions.projects.projects import create_project
from picking.jobs.inputs import network_input
from picking.models import User
from picking.science.imaging.network_input import InputSettings
from picking.science.nets import shipped_networks
from tests.trainings import make_training
owner = User.objects.create_user("anna")
project = create_project(owner, "Two workers", particle_diameter={diameter}, pixel_size={pixel_size})
call_command("import_micrographs", str(project.pk), {folder!r})
training = make_training(project, weights="shipped.safetensors")
file = storage.weights_path(training)
file.parent.mkdir(parents=True, exist_ok=True)
shipped_networks([network_input(each, InputSettings()) for each in project.micrographs.all()[:3]]).save(file)
"""
# From the first worker's claim to the last one's end: loading the networks is part of it, loading torch is not.
PICK = """
import json, time
from picking.actions.jobs import jobs
from picking.actions.locked_project import locked_project
from picking.models import Job, PickSet, Training
training = Training.objects.get()
PickSet.including_deleted.all().delete()
with locked_project(training.project_id) as project:
    first = jobs.queue_job(project, None, Job.Kind.PICK, training=training)
asked = Job.objects.filter(pk__gte=first.pk)
while asked.filter(status__in=jobs.ACTIVE).exists():
    time.sleep(0.1)
assert {{*asked.values_list("status", flat=True)}} == {{"finished"}}, [*asked.values_list("error", flat=True)]
assert PickSet.objects.count() == {micrographs}
begun, ended = min(job.started_at for job in asked), max(job.ended_at for job in asked)
print(json.dumps([(ended - begun).total_seconds(), len({{job.owner for job in asked}})]))
"""


def run() -> None:
    """Prints the median of the rounds, with PostgreSQL and Redis where they answer."""
    why = missing()
    print(f"\n{MICROGRAPHS} micrographs of {SIMULATION.width} × {SIMULATION.height} picked by one worker and by two")
    print(f"  with SQLite, as PostgreSQL and Redis are left out: {why}" if why else "  with PostgreSQL and Redis")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = {"CRYOWEB_TORCH_THREADS": "1"}
        if not why:
            settings["CRYOWEB_DATABASE_URL"] = stack.enter_context(postgres.empty_database())
            settings["CRYOWEB_REDIS_URL"] = REDIS
        server = Server(folder / "data", settings=settings)
        _build(server, folder)
        _compare(server)
        assert server.shell is not None
        server.shell.close()


def _build(server: Server, folder: Path) -> None:
    micrographs = folder / "micrographs"
    micrographs.mkdir()
    for number in range(MICROGRAPHS):
        file = micrographs / f"simulated_{number:02}.mrc"
        if number < SIMULATED:
            write_mrc(file, simulate_micrograph(SIMULATION, number).pixels, SIMULATION.pixel_size)
        else:
            os.link(micrographs / f"simulated_{number % SIMULATED:02}.mrc", file)
    server.manage("migrate", "--no-input")
    about = {"diameter": SIMULATION.diameter, "pixel_size": SIMULATION.pixel_size}
    server.run(BUILD.format(**about, folder=str(micrographs)))


def _compare(server: Server) -> None:
    rounds: dict[int, list[Round]] = {1: [], 2: []}
    with _worker(server):
        for _ in range(ROUNDS):
            rounds[1].append(_round(server, 1))
            with _worker(server):
                rounds[2].append(_round(server, 2))
    one, two = (Round(*map(median, zip(*took, strict=True))) for took in rounds.values())
    rows: list[list[Cell]] = [
        [
            workers,
            f"{middle.seconds:.1f}",
            f"{MICROGRAPHS / middle.seconds:.1f}",
            f"{middle.processor:.1f}",
            f"{middle.others:.1f}",
            " ".join(f"{each.seconds:.1f}" for each in rounds[workers]),
        ]
        for workers, middle in ((1, one), (2, two))
    ]
    print_table(["workers", "s", "micrographs/s", "of the processor, s", "cores of other programs", "rounds, s"], rows)
    print(f"  two are {one.seconds / two.seconds:.2f} times as fast as one (meant: {MEANT})")


def _round(server: Server, workers: int) -> Round:
    while _pick(server)[1] < workers:  # until each has loaded torch
        pass
    before = cpu.spent()
    seconds, took_part = _pick(server)
    assert took_part == workers, f"{took_part} of {workers} workers picked"
    cores = cpu.cores(before, seconds)
    return Round(seconds, seconds * cores.get("workers", 0.0), cores.get(cpu.OTHERS, 0.0))


def _pick(server: Server) -> tuple[float, int]:
    """Seconds, and how many workers took part."""
    seconds, workers = json.loads(server.run(PICK.format(micrographs=MICROGRAPHS)))
    return seconds, workers


@contextmanager
def _worker(server: Server) -> Iterator[None]:
    worker = subprocess.Popen([sys.executable, "manage.py", "worker", "trainer"], cwd=ROOT, env=server.environment)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(30)
