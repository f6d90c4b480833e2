"""The life of a job."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from picking.actions.jobs import jobs, leases
from picking.actions.jobs.owners import owner_of
from picking.actions.locked_project import locked_project
from picking.models import Event, Job
from picking.refusals import Refused
from tests.people import People


@pytest.fixture
def job(people: People) -> Job:
    with locked_project(people.project.pk) as project:
        return jobs.queue_job(project, people.owner, Job.Kind.IMPORT, name="a.mrc", source="/nowhere/a.mrc")


def claimed(job: Job, owner: str = "one") -> jobs.Claim:
    claim = jobs.claim(job.pk, owner)
    assert claim is not None
    return claim


def let_the_lease_run_out(job: Job) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(lease_until=past, sent_at=past - leases.LEASE)


def test_of_two_workers_one_gets_the_job(job: Job) -> None:
    assert jobs.claim(job.pk, "one") is not None
    assert jobs.claim(job.pk, "two") is None


def test_a_running_job_can_be_taken_over_once_its_lease_ran_out(job: Job) -> None:
    first = claimed(job)
    let_the_lease_run_out(job)
    second = claimed(job, "two")
    assert second.fence == first.fence + 1


@pytest.mark.parametrize(
    "write",
    [
        lambda claim: jobs.report_progress(claim, 1, 2, "half"),
        lambda claim: jobs.fail(claim, "no"),
        jobs.renew,
        jobs.end_cancelled,
    ],
    ids=["progress", "fail", "renew", "cancelled"],
)
def test_a_worker_that_lost_its_job_can_write_nothing(job: Job, write: Any) -> None:
    late = claimed(job)
    let_the_lease_run_out(job)
    claimed(job, "two")
    before = list(Job.objects.values()), Event.objects.count()
    with pytest.raises(jobs.LostClaim):
        write(late)
    assert (list(Job.objects.values()), Event.objects.count()) == before


def test_a_job_that_ended_cannot_be_claimed_again(job: Job) -> None:
    jobs.fail(claimed(job), "no")
    assert jobs.claim(job.pk, "two") is None


def test_progress_is_told_while_the_job_runs_and_kept_in_its_row_afterwards(job: Job) -> None:
    claim = claimed(job)
    jobs.report_progress(claim, 1, 2, "half", [("particle", 10, 0.5)])
    jobs.report_progress(claim, 2, 2, "all", [("particle", 20, 0.25)])
    told = [event.data for event in Event.objects.filter(data__type="job.progress")]
    assert [progress["losses"] for progress in told] == [[["particle", 10, 0.5]], [["particle", 20, 0.25]]]
    jobs.fail(claim, "no")
    assert not Event.objects.filter(data__type="job.progress").exists()
    assert Job.objects.get().losses == [["particle", 10, 0.5], ["particle", 20, 0.25]]


def test_a_queued_job_is_cancelled_at_once(job: Job, people: People) -> None:
    assert jobs.cancel(job, people.member).status == Job.Status.CANCELLED
    assert jobs.claim(job.pk, "one") is None


def test_a_running_job_is_told_of_its_cancelling_at_its_next_report(job: Job, people: People) -> None:
    claim = claimed(job)
    jobs.cancel(job, people.member)
    with pytest.raises(jobs.Cancelled):
        jobs.report_progress(claim, 1, 2, "half")


def test_a_job_that_ended_cannot_be_cancelled(job: Job, people: People) -> None:
    jobs.fail(claimed(job), "no")
    with pytest.raises(Refused, match="ended"):
        jobs.cancel(job, people.member)


def test_a_job_whose_worker_was_killed_is_sent_again(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = [0.0]
    monkeypatch.setattr(leases, "watch", leases.Watch(lambda: seconds[0]))
    first = claimed(job)
    sent = []
    for seconds[0] in (0, 11, 12, 13):
        sent.append(jobs.send_again())
    assert sent == [0, 0, 1, 0]
    assert claimed(job, "two").fence == first.fence + 1


def test_a_job_whose_message_was_lost_is_sent_again(job: Job) -> None:
    assert jobs.send_again() == 0
    Job.objects.update(sent_at=timezone.now() - jobs.SEND_AGAIN_AFTER - timedelta(seconds=1))
    assert jobs.send_again() == 1


def test_a_job_that_was_sent_before_the_clock_was_set_back_is_sent_again(job: Job) -> None:
    Job.objects.update(sent_at=timezone.now() + timedelta(hours=1))
    assert jobs.send_again() == 1


def test_a_job_that_waits_behind_another_of_its_kind_is_not_sent_again(job: Job, people: People) -> None:
    with locked_project(people.project.pk) as project:
        other = jobs.queue_job(project, people.owner, Job.Kind.IMPORT, name="b.mrc", source="/nowhere/b.mrc")
    claimed(other)
    Job.objects.filter(pk=job.pk).update(sent_at=timezone.now() - timedelta(days=1))
    assert jobs.send_again() == 0


def test_a_job_that_was_cancelled_while_its_worker_was_dead_ends_at_the_next_claim(job: Job, people: People) -> None:
    claimed(job)
    jobs.cancel(job, people.member)
    let_the_lease_run_out(job)
    assert jobs.claim(job.pk, "two") is None
    assert Job.objects.get().status == Job.Status.CANCELLED


def test_a_job_that_kills_its_workers_is_given_up_with_a_sentence(job: Job) -> None:
    for _ in range(jobs.MOST_CLAIMS):
        claimed(job)
        let_the_lease_run_out(job)
    assert jobs.claim(job.pk, "another") is None
    assert "a.mrc: the worker was stopped" in Job.objects.get().error


def test_a_job_taken_over_starts_its_progress_anew(job: Job) -> None:
    jobs.report_progress(claimed(job), 1, 2, "half", [("particle", 10, 0.5)])
    let_the_lease_run_out(job)
    claimed(job, "two")
    assert (Job.objects.get().done, Job.objects.get().losses) == (0, [])


def test_a_job_that_ended_is_never_sent_again(job: Job) -> None:
    jobs.fail(claimed(job), "no")
    Job.objects.update(sent_at=timezone.now() - timedelta(days=1))
    assert jobs.send_again() == 0


def test_a_failed_job_is_announced_with_its_reason(job: Job) -> None:
    jobs.fail(claimed(job), "a.mrc: the file is empty.")
    last = Event.objects.order_by("sequence").last()
    assert last is not None
    assert (last.data["job"]["status"], last.data["job"]["error"]) == ("failed", "a.mrc: the file is empty.")


def test_a_worker_whose_job_has_ended_can_write_nothing(job: Job) -> None:
    claim = claimed(job)
    jobs.end_cancelled(claim)
    with pytest.raises(jobs.LostClaim):
        jobs.fail(claim, "no")
    assert Job.objects.get().error == ""


@pytest.mark.parametrize(
    "write", [jobs.renew, lambda claim: jobs.report_progress(claim, 1, 2, "half")], ids=["renew", "progress"]
)
def test_whoever_renews_or_reports_holds_the_job_for_longer(job: Job, write: Any) -> None:
    claim = claimed(job)
    let_the_lease_run_out(job)
    write(claim)
    assert jobs.claim(job.pk, "two") is None


def test_a_worker_that_renews_is_told_that_its_job_is_to_stop(job: Job, people: People) -> None:
    claim = claimed(job)
    jobs.cancel(job, people.member)
    with pytest.raises(jobs.Cancelled):
        jobs.renew(claim)


def test_a_long_message_is_cut_to_what_fits(job: Job) -> None:
    claim = claimed(job)
    jobs.report_progress(claim, 1, 2, "x" * 1000)
    assert Job.objects.get().message == "x" * jobs.MESSAGE
    with jobs.fenced(claim) as (project, running):
        jobs.finish(project, running, "y" * 1000)
    assert Job.objects.get().message == "y" * jobs.MESSAGE


def test_a_job_that_ended_well_is_done(job: Job) -> None:
    claim = claimed(job)
    jobs.report_progress(claim, 1, 2, "half")
    with jobs.fenced(claim) as (project, running):
        jobs.finish(project, running)
    assert Job.objects.get().done == 2


def last_told() -> dict[str, Any]:
    """The job as the last event has it."""
    told: dict[str, Any] = Event.objects.latest("sequence").data["job"]
    return told


def test_everyone_is_told_that_a_job_runs_stops_and_is_dismissed(job: Job, people: People) -> None:
    claim = claimed(job)
    assert last_told()["status"] == "running"
    jobs.cancel(job, people.member)
    assert (last_told()["status"], last_told()["message"]) == ("running", "Stopping")
    jobs.fail(claim, "no")
    before = Event.objects.count()
    jobs.dismiss(Job.objects.get(), people.member)
    assert Event.objects.count() == before + 1


def test_only_jobs_of_the_kind_that_something_newer_replaces_are_stopped(job: Job, people: People) -> None:
    with locked_project(people.project.pk) as project:
        picking = jobs.queue_job(project, None, Job.Kind.PICK)
        jobs.stop_all(project, Job.Kind.PICK)
    assert {each.pk: each.status for each in Job.objects.all()} == {job.pk: "queued", picking.pk: "cancelled"}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """Which jobs were sent, and to which queue."""
    sent: list[tuple[int, str]] = []

    def send_task(name: str, args: tuple[int], queue: str) -> None:
        sent.append((*args, queue))

    monkeypatch.setattr(jobs, "current_app", SimpleNamespace(send_task=send_task))
    return sent


def test_a_job_goes_to_the_workers_of_its_kind_once_it_is_committed(
    people: People, sent: list[tuple[int, str]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), locked_project(people.project.pk) as project:
        job = jobs.queue_job(project, None, Job.Kind.TRAIN)
        assert sent == []
    assert sent == [(job.pk, "train")]


def test_lost_jobs_are_sent_to_the_workers_of_their_kind_so_many_at_a_time(
    people: People, job: Job, sent: list[tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with locked_project(people.project.pk) as project:
        jobs.queue_job(project, None, Job.Kind.TRAIN)
    Job.objects.update(sent_at=timezone.now() - timedelta(days=1))
    monkeypatch.setattr(jobs, "SEND_AGAIN_AT_MOST", 1)
    assert jobs.send_again() == 1
    assert sent == [(job.pk, "import")]


def test_a_job_is_queued_where_the_broker_cannot_be_reached(
    people: People, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(jobs, "_send", lambda _: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True), locked_project(people.project.pk) as project:
        jobs.queue_job(project, None, Job.Kind.TRAIN)
    assert Job.objects.get().status == Job.Status.QUEUED


def test_what_a_worker_was_at_that_ended_for_certain_is_sent_again_at_once(
    people: People, job: Job, sent: list[tuple[int, str]]
) -> None:
    with locked_project(people.project.pk) as project:
        other = jobs.queue_job(project, None, Job.Kind.TRAIN)
    first, _ = claimed(job, owner_of(7)), claimed(other, owner_of(8))
    assert jobs.send_again_of(owner_of(7)) == 1
    assert sent == [(job.pk, "import")]
    assert claimed(job, "two").fence == first.fence + 1
    assert jobs.claim(other.pk, "two") is None


def test_all_that_waits_is_sent_again_where_the_broker_may_have_lost_it(
    people: People, job: Job, sent: list[tuple[int, str]]
) -> None:
    with locked_project(people.project.pk) as project:
        running = jobs.queue_job(project, None, Job.Kind.TRAIN)
    claimed(running)
    assert jobs.send_all_again() == 1
    assert sent == [(job.pk, "import")]


def test_a_failed_job_that_is_tried_again_may_kill_its_workers_as_often_again(job: Job, people: People) -> None:
    Job.objects.filter(pk=job.pk).update(status=Job.Status.FAILED, fence=jobs.MOST_CLAIMS + 1, in_place=True)
    jobs.retry(job, people.owner)
    assert jobs.claim(job.pk, "a worker") is not None


def test_an_upload_whose_file_is_gone_and_a_second_training_are_not_tried_again(people: People) -> None:
    failed = [
        Job.objects.create(project=people.project, kind=kind, status=Job.Status.FAILED) for kind in ("import", "train")
    ]
    Job.objects.create(project=people.project, kind="train")
    for job, reason in zip(failed, ("Upload it again", "training already"), strict=True):
        with pytest.raises(Refused, match=reason):
            jobs.retry(job, people.owner)
