from datetime import timedelta

import pytest
from django.utils import timezone

from picking.models import Job
from tests.checks.test_ready import health
from tests.people import People

LONG_AGO = timedelta(minutes=10)
Status = Job.Status


@pytest.mark.parametrize(
    ("waiting", "running", "said"),
    [
        ("import", None, "workers: jobs are waiting, and there is no sign of the importer"),
        ("train", None, "workers: jobs are waiting, and there is no sign of the trainer"),
        ("import", "pick", "workers: jobs are waiting, and there is no sign of the importer"),
        ("train", "pick", "ok"),
        ("import", "import", "ok"),
    ],
)
def test_a_worker_that_takes_no_jobs_is_missed(people: People, waiting: str, running: str | None, said: str) -> None:
    now = timezone.now()
    job = Job.objects.create(project=people.project, kind=waiting)
    assert health()[1] == "ok"
    Job.objects.filter(pk=job.pk).update(created_at=now - LONG_AGO)
    if running:
        Job.objects.create(
            project=people.project, kind=running, status=Status.RUNNING, lease_until=now + timedelta(seconds=9)
        )
    assert health()[1] == said


@pytest.mark.parametrize("kind", Job.Kind)
def test_a_job_of_any_kind_that_no_worker_takes_is_noticed(people: People, kind: Job.Kind) -> None:
    job = Job.objects.create(project=people.project, kind=kind)
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - LONG_AGO)
    assert health()[0] == 503


def test_a_worker_that_fell_silent_is_missed(people: People) -> None:
    lease = timezone.now() - LONG_AGO
    Job.objects.create(project=people.project, kind="pick", status=Status.RUNNING, lease_until=lease)
    assert health() == (503, "workers: jobs are waiting, and there is no sign of the trainer")
