"""What the queue costs each micrograph beside its picking."""

import json
import tempfile
from pathlib import Path

from tests import postgres
from tests.bench.tables import Cell, print_table
from tests.e2e.server import Server

MICROGRAPHS, PICKS = 1_000, 500
PICKING_SECONDS = 0.3
"""Of a micrograph of 4096 × 4096 on one core (docs/benchmarks.md)."""

# All that a worker does between two micrographs, without the science: take, report, keep, in a project of so many.
QUEUE = """
import json, time
from concurrent.futures import Future
from types import SimpleNamespace
import numpy as np
from picking.jobs import pick, tasks
from picking.models import Job, Micrograph, Project, User
from picking.actions.projects.projects import create_project
from picking.actions.locked_project import locked_project
from picking.actions.jobs import jobs
from picking.science.picks import as_picks
from tests.trainings import make_training
project = create_project(User.objects.create_user("anna"), "Queue", particle_diameter=160.0, pixel_size=1.0)
Micrograph.objects.bulk_create(
    Micrograph(project=project, name=f"m{{n:04}}", file_name="m.mrc", width=4096, height=4096)
    for n in range({micrographs})
)
project.current_training = make_training(project)
project.save()
found = Future()
found.set_result(as_picks(np.random.default_rng(0).uniform(0, 1, ({picks}, 4))))
pick.overlapped = lambda work, items, many: ((item, found) for item in items)
pick.load_networks = lambda *_: SimpleNamespace(on=id)
with locked_project(project.pk) as locked:
    job = jobs.queue_job(locked, None, Job.Kind.PICK, training=project.current_training)
begun, used = time.perf_counter(), time.process_time()
tasks.run_job(job.pk)
job.refresh_from_db()
assert job.status == "finished", job.error
json.dump([time.perf_counter() - begun, time.process_time() - used], open({file!r}, "w"))
"""


def run() -> None:
    """Prints SQLite and, where it answers, PostgreSQL."""
    print(f"\nThe queue's part in picking {MICROGRAPHS:,} micrographs of {PICKING_SECONDS} s each")
    rows = [_overhead("SQLite", {})]
    if why := postgres.missing():
        print(f"  PostgreSQL left out: {why}")
    else:
        with postgres.empty_database() as address:
            rows.append(_overhead("PostgreSQL", {"CRYOWEB_DATABASE_URL": address}))
    print_table(["", "ms a micrograph", "of the processor", "% of the picking"], rows)


def _overhead(name: str, settings: dict[str, str]) -> list[Cell]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "seconds.json"
        server = Server(Path(folder) / "data", settings=settings)
        server.manage("migrate", "--no-input")
        server.run(QUEUE.format(micrographs=MICROGRAPHS, picks=PICKS, file=str(file)))
        passed, used = (1000 * seconds / MICROGRAPHS for seconds in json.loads(file.read_text()))
        assert server.shell is not None
        server.shell.close()
    return [name, f"{passed:.1f}", f"{used:.1f}", f"{passed / 10 / PICKING_SECONDS:.1f}"]
