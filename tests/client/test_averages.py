"""Class averages by the client, before the real API and with the real job."""

import zipfile
from pathlib import Path

import pytest

from cryoweb_client import JobFailed
from picking.jobs.tasks import run_job
from picking.models import Job, Micrograph
from tests.client.served import served
from tests.jobs.test_average import picked
from tests.people import People

__all__ = ["picked"]

pytestmark = pytest.mark.django_db(transaction=True)  # the lease is renewed from another thread


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Works while the client waits."""

    def work(seconds: float) -> None:
        for job in Job.objects.filter(status=Job.Status.QUEUED):
            run_job(job.pk)

    monkeypatch.setattr("cryoweb_client.waiting.time.sleep", work)


def test_averages_are_made_and_downloaded(people: People, picked: list[Micrograph], tmp_path: Path) -> None:
    with served(people) as project:
        path = project.averages(tmp_path, classes=4)
    assert path == tmp_path / "averages-1.zip"
    assert "run_classes.mrcs" in zipfile.ZipFile(path).namelist()


def test_why_there_are_none_is_said(people: People, picked: list[Micrograph], tmp_path: Path) -> None:
    with served(people) as project, pytest.raises(JobFailed, match="No picks match what was asked for"):
        project.averages(tmp_path, least_particle=1.0)
