"""Leases while clocks are set: a worker that lives keeps its job, and one that is gone does not."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from picking.actions.jobs import jobs, leases
from picking.actions.jobs.leases import LEASE, Watch
from picking.actions.locked_project import locked_project
from picking.jobs.tasks import RENEW_EVERY_SECONDS
from picking.models import Job
from tests.people import People


class Clocks:
    """The time of day, which somebody may set, and one that only counts on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 0.0
        self._day = timezone.now()
        monkeypatch.setattr(timezone, "now", self.now)

    def now(self) -> datetime:
        return self._day + timedelta(seconds=self.seconds)

    def set(self, by: timedelta) -> None:
        self._day += by

    def pass_by(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    return Clocks(monkeypatch)


@pytest.fixture
def watch(clocks: Clocks) -> Watch:
    return Watch(lambda: clocks.seconds)


@pytest.fixture
def claim(people: People) -> jobs.Claim:
    with locked_project(people.project.pk) as project:
        job = jobs.queue_job(project, people.owner, Job.Kind.IMPORT, name="a.mrc", source="/nowhere/a.mrc")
    claimed = jobs.claim(job.pk, "one")
    assert claimed is not None
    return claimed


SET = [timedelta(0), timedelta(hours=1), timedelta(hours=-1), timedelta(days=400), timedelta(days=-400)]


@pytest.mark.parametrize("by", SET, ids=str)
def test_a_worker_that_renews_keeps_its_job(claim: jobs.Claim, clocks: Clocks, watch: Watch, by: timedelta) -> None:
    for renewal in range(8):
        if renewal == 4:
            clocks.set(by)
        assert watch.lost() == []
        clocks.pass_by(RENEW_EVERY_SECONDS)
        assert watch.lost() == []
        jobs.renew(claim)


@pytest.mark.parametrize("by", SET, ids=str)
def test_the_job_of_one_that_is_gone_is_taken_over_in_time(
    claim: jobs.Claim, clocks: Clocks, watch: Watch, by: timedelta
) -> None:
    assert watch.lost() == []
    clocks.set(by)
    clocks.pass_by(LEASE.total_seconds())
    assert watch.lost() == [claim.job_id]
    second = jobs.claim(claim.job_id, "two")
    assert second is not None
    with pytest.raises(jobs.LostClaim):
        jobs.renew(claim)


def test_of_two_that_watch_one_finds_it_lost(claim: jobs.Claim, clocks: Clocks, watch: Watch) -> None:
    other = Watch(lambda: clocks.seconds)
    assert (watch.lost(), other.lost()) == ([], [])
    clocks.pass_by(LEASE.total_seconds())
    assert (watch.lost(), other.lost()) == ([claim.job_id], [])


def test_what_nobody_claims_is_found_lost_again(claim: jobs.Claim, clocks: Clocks, watch: Watch) -> None:
    found = []
    for _ in range(4):
        found.append(len(watch.lost()))
        clocks.pass_by(LEASE.total_seconds())
    assert found == [0, 1, 1, 1]


def test_nobody_waits_for_the_lease_of_a_process_that_has_ended(
    claim: jobs.Claim, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert watch.lost() == []
    monkeypatch.setattr(leases, "has_ended", lambda owner: owner == "one")
    assert (watch.lost(), watch.lost()) == ([claim.job_id], [])
    assert jobs.claim(claim.job_id, "two") is not None


def test_a_lease_lasts_several_renewals() -> None:
    assert LEASE.total_seconds() >= 4 * RENEW_EVERY_SECONDS
