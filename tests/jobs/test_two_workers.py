"""Two workers that look for a watched folder at the same moment, on PostgreSQL, each with a connection of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import empty_database, missing

ROOT = Path(__file__).parent.parent.parent

# The first worker has claimed the folder and not committed. The second sees it due as well, and waits for its row.
RACE = """
import json, threading, time
from django.db import connection, transaction
from django.utils import timezone
from picking.actions.projects.projects import create_project
from picking.actions.micrographs.watched import claim_scan
from picking.models import User, WatchedFolder

project = create_project(User.objects.create_user("anna"), "Watched")
WatchedFolder.objects.create(project=project, place="/data")
WAIT_FOR_US = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"

def waiting():
    with connection.cursor() as cursor:
        cursor.execute(WAIT_FOR_US)
        return cursor.fetchone()[0]

def race(killed):
    WatchedFolder.objects.update(scan_at=timezone.now())
    got = []

    def claim():
        got.append(claim_scan() is not None)
        connection.close()

    second = threading.Thread(target=claim)
    with transaction.atomic():
        first = claim_scan() is not None
        second.start()
        until = time.monotonic() + 30
        while not waiting():
            assert second.is_alive() and time.monotonic() < until, "the second worker did not wait for the first"
            time.sleep(0.01)
        transaction.set_rollback(killed)
    second.join()
    return [first, *got]

print(json.dumps({"done": race(killed=False), "killed": race(killed=True)}))
"""


# Four workers get the messages of the same jobs at the same moment.
CLAIM = """
import json, threading
from collections import Counter
from django.db import connection
from picking.actions.locked_project import locked_project
from picking.actions.projects.projects import create_project
from picking.actions.jobs import jobs
from picking.models import Job, User

pk = create_project(User.objects.create_user("ben"), "Claimed").pk
with locked_project(pk) as project:
    queued = [jobs.queue_job(project, None, Job.Kind.IMPORT, name=str(each)).pk for each in range(10)]
got, ready = [], threading.Barrier(4)

def claim(owner):
    for job in queued:
        ready.wait(30)
        got.extend([job] if jobs.claim(job, owner) else [])
    connection.close()

workers = [threading.Thread(target=claim, args=(f"worker {each}",)) for each in range(4)]
for each in workers:
    each.start()
for each in workers:
    each.join()
print(json.dumps([sorted(got) == queued, sorted({job.fence for job in Job.objects.all()})]))
"""


@pytest.mark.skipif(bool(missing()), reason=missing() or "never")
def test_of_two_workers_at_once_one_scans_a_folder_and_the_other_only_where_the_first_is_killed(tmp_path: Path) -> None:
    with empty_database() as address:
        environment = {**os.environ, "CRYOWEB_DATABASE_URL": address, "CRYOWEB_DATA": str(tmp_path)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)

        def run(*words: str) -> str:
            command = [sys.executable, "manage.py", *words]
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            return done.stdout

        run("migrate", "--no-input")
        claimed = json.loads(run("shell", "--no-imports", "-c", RACE).splitlines()[-1])
        each_once = json.loads(run("shell", "--no-imports", "-c", CLAIM).splitlines()[-1])
    assert claimed == {"done": [True, False], "killed": [True, True]}
    assert each_once == [True, [1]]
