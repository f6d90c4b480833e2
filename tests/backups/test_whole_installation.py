"""A backup is made while people and workers write, and brought back elsewhere."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.server import free_port
from tests.e2e.shell import Shell
from tests.postgres import empty_database, missing

ROOT = Path(__file__).parent.parent.parent

BACK_UP = """
import threading
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
from picking.actions.micrographs.imports import queue_import
from picking.actions.locked_project import locked_project
from picking.backups.make import make_backup
from picking.jobs.tasks import run_job
from tests.changes import label
from tests.conftest import noisy_discs, write_mrc
from tests.people import make_people

people, image = make_people(), noisy_discs(side=64)
wrote, done, failed = threading.Condition(), threading.Event(), []
count = 0

def write():
    global count
    try:
        while not done.is_set():
            source = Path(settings.CRYOWEB_DATA, "uploads", "whole", f"{{count}}.mrc")
            write_mrc(source.with_suffix(".unfinished"), image).replace(source)  # whole, as uploads come
            with locked_project(people.project.pk) as project:
                job = queue_import(project, people.owner, f"m{{count}}.mrc", source)
            run_job(job.pk)
            people.project.refresh_from_db()
            label(people, people.project.micrographs.order_by("pk").last(), people.member)
            with wrote:
                count += 1
                wrote.notify_all()
    except BaseException as error:
        failed.append(repr(error))
    finally:
        connection.close()

def tell(words):
    # Each part of the backup waits until more was written since the one before.
    with wrote:
        until = count + 2
        assert wrote.wait_for(lambda: count >= until or failed, 60) and not failed, failed

writer = threading.Thread(target=write)
writer.start()
try:
    tell("")
    call_command("backup", {place!r}, stdout=open("/dev/null", "w"))
    folder, manifest = make_backup(Path({place!r}, "second"), tell)
finally:
    done.set()
    writer.join()
with locked_project(people.project.pk) as project:
    queue_import(project, people.owner, "waits.mrc", Path(settings.CRYOWEB_DATA, "uploads", "whole", "waits.mrc"))
Path(settings.CRYOWEB_DATA, "uploads", "whole", "waits.mrc").write_bytes(b"1234")
folder, manifest = make_backup(Path({place!r}, "second"), print)
print(folder)
"""

BRING_BACK = """
import json
from pathlib import Path
from django.conf import settings
from django.core.management import CommandError, call_command
quiet = open("/dev/null", "w")
for folder in {folders!r}[:1]:
    call_command("restore", folder, stdout=quiet)
try:
    call_command("restore", {folders!r}[1], stdout=quiet)
    refused = ""
except CommandError as error:
    refused = str(error)
from picking import storage
from picking.models import Job, Label, Micrograph, Project, User

def state():
    project = Project.objects.get()
    missing = [
        m.name for m in Micrograph.objects.all()
        if not storage.pyramid_path(project.pk, m.key).exists() or not storage.source_path(m).exists()
    ]
    return dict(
        missing=missing,
        micrographs=Micrograph.objects.count(),
        labels=Label.objects.count(),
        events_left_out=project.sequence - project.events.count(),
        signs_in=User.objects.get(username="owner-0").check_password("let me in, please"),
        waiting=[Path(job.source).exists() for job in Job.objects.filter(kind="import", name="waits.mrc")],
    )

first = state()
call_command("restore", {folders!r}[1], replace=True, ask=False, stdout=quiet)
print(json.dumps([first, refused, state()]))
"""


@contextmanager
def installation(data: Path, database: str) -> Iterator[Shell]:
    """A Python with a data folder and, for PostgreSQL, an empty database of its own."""
    environment = {**os.environ, "CRYOWEB_DATA": str(data), "PORT": str(free_port()), "CRYOWEB_FIRST_GUESS": "0"}
    environment["DJANGO_SETTINGS_MODULE"] = "cryoweb.settings"
    if database == "SQLite":
        shell = Shell(ROOT, environment)
        yield shell
        shell.close()
        return
    with empty_database() as address:
        shell = Shell(ROOT, {**environment, "CRYOWEB_DATABASE_URL": address})
        yield shell
        shell.close()


@pytest.mark.parametrize("database", ["SQLite", "PostgreSQL"])
def test_what_was_backed_up_during_writes_is_whole_when_it_is_brought_back_elsewhere(
    database: str, tmp_path: Path
) -> None:
    if database == "PostgreSQL" and (reason := missing()):
        pytest.skip(reason)
    place = tmp_path / "backups"
    with installation(tmp_path / "first", database) as shell:
        last = shell.run(BACK_UP.format(place=str(place))).splitlines()[-1]
    during = next(path for path in sorted((place / "second").iterdir()) if str(path) != last)
    with installation(tmp_path / "elsewhere", database) as shell:
        said = shell.run(BRING_BACK.format(folders=[str(during), last]))
    first, refused, second = json.loads(said)
    assert first["micrographs"] >= 4
    assert second["micrographs"] >= first["micrographs"] + 2
    assert "not empty" in refused and "--replace" in refused
    for each in (first, second):
        assert each["missing"] == []
        assert each["micrographs"] - each["labels"] in (0, 1)  # the label comes after its micrograph
        assert each["events_left_out"] == 0
        assert each["signs_in"]
    assert (first["waiting"], second["waiting"]) == ([], [True])
