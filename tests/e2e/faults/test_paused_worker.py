"""A worker that is paused in the middle of a job, and wakes when another has finished it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.e2e.conftest import first_database
from tests.e2e.server import BRIEF, ROOT, Server

QUEUE = """
from pathlib import Path
from picking.actions.micrographs.imports import import_in_place
from picking.actions.projects.projects import create_project
from picking.models import User
from tests.conftest import noisy_discs, write_mrc
anna = User.objects.get(username="anna")
project = create_project(anna, "Paused", particle_diameter=144.0, pixel_size=4.0)
(job,), _ = import_in_place(project.pk, anna, [write_mrc(Path({file!r}), noisy_discs(), 4.0)])
print(job.pk)
"""
WORK = """
import os, signal
import django
django.setup()
from picking.jobs import import_micrograph
from picking.jobs.tasks import run_job
write = import_micrograph.write_pyramid
def paused(pixels, path):
    write(pixels, path)
    os.kill(os.getpid(), signal.SIGSTOP)
import_micrograph.write_pyramid = paused
run_job({job})
"""
TAKE_OVER = """
from picking.actions.jobs.leases import Watch
from picking.jobs.tasks import run_job
seconds = [0.0]
watch = Watch(lambda: seconds[0])
found = [watch.lost()]
seconds[0] = 12.0
found.append(watch.lost())
run_job({job})
print(found)
"""
LOOK = """
from picking import storage
from picking.models import Event, Job, Micrograph
job = Job.objects.get(pk={job})
(micrograph,) = Micrograph.objects.filter(project=job.project)
folders = [each.name for each in storage.micrograph_folder(job.project_id, micrograph.key).parent.iterdir()]
added = Event.objects.filter(project=job.project, data__type="micrograph.added").count()
print(job.status, job.fence, folders == [str(micrograph.key)], added)
"""


def test_a_paused_worker_that_wakes_late_changes_nothing(server: Server, tmp_path: Path) -> None:
    own = Server(tmp_path / "data", settings=BRIEF, first=first_database(server))
    own.prepare()
    job = int(own.run(QUEUE.format(file=str(tmp_path / "raw" / "a.mrc"))))
    command = [sys.executable, "-c", WORK.format(job=job)]
    worker = subprocess.Popen(command, cwd=ROOT, env=own.environment, stderr=subprocess.PIPE, text=True)
    try:
        _, status = os.waitpid(worker.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        assert own.run(TAKE_OVER.format(job=job)).strip() == f"[[], [{job}]]"
        finished = own.run(LOOK.format(job=job))
        assert finished.split() == ["finished", "2", "False", "1"]  # its unfinished folder is still there
        os.kill(worker.pid, signal.SIGCONT)
        said = worker.communicate(timeout=60)[1]
        assert (worker.returncode, "another worker has it now" in said) == (0, True)
        assert own.run(LOOK.format(job=job)).split() == ["finished", "2", "True", "1"]
    finally:
        worker.kill()
        assert own.shell is not None
        own.shell.close()
