"""Jobs that find the disk full."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from picking.actions.jobs import jobs
from picking.actions.locked_project import locked_project
from picking.actions.micrographs.imports import queue_import
from picking.jobs import import_micrograph
from picking.jobs.tasks import WAITING_FOR_ROOM, run_job
from picking.models import Job, Micrograph
from picking.science.imaging.pyramid import write_pyramid
from tests.conftest import noisy_discs, write_mrc
from tests.full_disk import sqlite_error, system_error
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def queued(people: People, tmp_path: Path) -> Job:
    source = write_mrc(tmp_path / "first.mrc", noisy_discs(), 4.0)
    with locked_project(people.project.pk) as project:
        return queue_import(project, people.owner, "first.mrc", source)


def full_until_looked_at(queued: Job, look: Callable[[Job], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full at the first attempt; while the job waits for room, `look` is called with it."""
    write, full = write_pyramid, [True]

    def write_or_not(pixels: Any, path: Path) -> None:
        path.write_bytes(b"some of it")
        if full.pop() if full else False:
            raise system_error()
        write(pixels, path)

    def waiting(seconds: float) -> None:
        queued.refresh_from_db()
        look(queued)

    monkeypatch.setattr(import_micrograph, "write_pyramid", write_or_not)
    monkeypatch.setattr(time, "sleep", waiting)


def test_an_import_waits_for_room_says_so_and_goes_on(queued: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    full_until_looked_at(queued, lambda job: seen.append((job.status, job.message)), monkeypatch)
    run_job(queued.pk)
    queued.refresh_from_db()
    assert seen == [(Job.Status.RUNNING, WAITING_FOR_ROOM)]
    assert (queued.status, Micrograph.objects.count()) == (Job.Status.FINISHED, 1)


def test_a_job_that_waits_for_room_can_be_cancelled(
    people: People, queued: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_until_looked_at(queued, lambda job: void(jobs.cancel(job, people.owner)), monkeypatch)
    run_job(queued.pk)
    queued.refresh_from_db()
    assert (queued.status, Micrograph.objects.count()) == (Job.Status.CANCELLED, 0)


def test_a_job_that_cannot_even_be_claimed_stays_for_later(
    queued: Job, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    error = sqlite_error(tmp_path)

    def full(*given: Any, **named: Any) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "claim", full)
        run_job(queued.pk)
    queued.refresh_from_db()
    assert queued.status == Job.Status.QUEUED
    run_job(queued.pk)
    assert Micrograph.objects.count() == 1


def void(_: object) -> None:
    """For a callback that returns nothing."""
