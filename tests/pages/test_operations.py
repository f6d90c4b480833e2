"""The operations page: who sees it, what it shows, and what can be done there."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from picking.actions.projects.shared_links import share
from picking.heartbeat import Heartbeat
from picking.jobs.disk_use import measure_due
from picking.models import Job, Process, User
from picking.storage import project_folder
from tests.people import People

pytestmark = pytest.mark.django_db
Status = Job.Status


@pytest.fixture
def admin(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.fixture
def failed(people: People) -> Job:
    return Job.objects.create(
        project=people.project,
        kind="import",
        name="mic_<1>.mrc",
        in_place=True,
        source="/data/mic_1.mrc",
        status=Status.FAILED,
        error="It has no pixels.",
        fence=5,
        request_id="asked-for-1",
    )


def shown(client: Client, path: str = "/operations?now") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def changes(job: Job) -> list[str]:
    return [f"/operations/jobs/{job.pk}/{change}" for change in ("retry", "cancel", "dismiss")]


@pytest.mark.parametrize("who", ["owner", "manager", "member", "viewer", "outsider"])
def test_there_is_no_such_page_for_people_who_are_no_administrators(people: People, failed: Job, who: str) -> None:
    client = people.client(who)
    assert client.get("/operations").status_code == 404
    assert [client.post(path).status_code for path in changes(failed)] == [404, 404, 404]
    failed.refresh_from_db()
    assert (failed.status, failed.dismissed) == (Status.FAILED, False)


def test_others_are_asked_to_sign_in(people: People, failed: Job) -> None:
    _, token = share(people.project.pk, people.owner, "readers", timedelta(days=1))
    guest = Client()
    guest.get(f"/shared/{token}")
    for client in (Client(), guest):
        for answer in (client.get("/operations"), *(client.post(path) for path in changes(failed))):
            assert (answer.status_code, answer["Location"].partition("/operations")[0]) == (302, "/signin?next=")
    failed.refresh_from_db()
    assert (failed.status, failed.dismissed) == (Status.FAILED, False)


def test_another_page_cannot_have_an_administrator_change_anything(admin: Client, failed: Job) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="root"))
    assert [strict.post(path).status_code for path in changes(failed)] == [403, 403, 403]


def test_a_failed_job_is_shown_with_its_reason_and_tried_again(admin: Client, failed: Job) -> None:
    page = shown(admin)
    assert "mic_&lt;1&gt;.mrc" in page
    assert "It has no pixels." in page
    assert "request asked-for-1" in page
    assert "Queued again: import mic_&lt;1&gt;.mrc." in admin.post(changes(failed)[0], follow=True).content.decode()
    failed.refresh_from_db()
    assert (failed.status, failed.error, failed.ended_at) == (Status.QUEUED, "", None)
    assert "Only a job that failed" in admin.post(changes(failed)[0], follow=True).content.decode()


def test_a_failure_that_was_read_is_taken_off_the_list(admin: Client, failed: Job) -> None:
    admin.post(changes(failed)[2])
    assert "It has no pixels." not in shown(admin)


def test_a_running_job_is_shown_with_its_progress_and_stopped(admin: Client, people: People) -> None:
    job = Job.objects.create(
        project=people.project,
        kind="pick",
        status=Status.RUNNING,
        started_at=timezone.now() - timedelta(minutes=7),
        message="Picking mic_7",
        done=3,
        total=9,
        owner="gpu-1:77",
    )
    page = shown(admin)
    assert all(each in page for each in ("Picking mic_7", 'max="9" value="3"', "7\xa0min", "gpu-1:77"))
    admin.post(f"/operations/jobs/{job.pk}/cancel")
    job.refresh_from_db()
    assert job.cancel_requested
    assert "Stop pick" not in shown(admin)


def test_queues_say_how_many_wait_and_for_how_long(admin: Client, people: People) -> None:
    for _ in range(3):
        Job.objects.create(project=people.project, kind="export")
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=90))
    row = shown(admin).partition("<td>export</td>")[2].partition("</tr>")[0]
    assert [each.partition("</td>")[0] for each in row.split("<td>")[1:]] == ["3", "90\xa0min", "0"]


def test_processes_are_shown_with_their_devices_and_those_that_fell_silent(admin: Client) -> None:
    card = {"kind": "cuda", "name": "NVIDIA H100", "used": 20 * 1024**3, "total": 80 * 1024**3}
    Heartbeat(Process.Role.WORKER, "trainer@gpu-1", ["train", "pick"], devices=lambda: [card]).beat()
    page = shown(admin)
    assert all(each in page for each in ("trainer@gpu-1", "CUDA", "NVIDIA H100", "20.0 GiB of 80.0 GiB", "train, pick"))
    assert "silent" not in page
    Process.objects.update(heard_at=timezone.now() - timedelta(minutes=4))
    assert "silent for 4\xa0min" in shown(admin)


def test_a_process_of_another_version_stands_out(admin: Client) -> None:
    Heartbeat(Process.Role.WORKER, "old@host").beat()
    assert 'class="warn"' not in shown(admin)
    Process.objects.update(version="0.0.1")
    assert '<td class="warn">0.0.1</td>' in shown(admin)


def test_the_room_that_a_project_takes_is_shown_as_it_was_measured(admin: Client, people: People) -> None:
    folder = project_folder(people.project.pk) / "micrographs"
    folder.mkdir(parents=True)
    (folder / "pyramid.u8").write_bytes(b"x" * 3 * 1024**2)
    assert "Not measured yet" in shown(admin)
    measure_due()
    (folder / "more.u8").write_bytes(b"x" * 1024**2)
    measure_due()  # not due again
    row = shown(admin).partition("β-galactosidase</a>")[2].partition("</tr>")[0]
    assert "<td>3 MiB</td><td>1</td>" in row


def test_people_who_are_signed_in_are_shown_with_their_windows(admin: Client, people: People) -> None:
    people.client("owner").get("/account")
    other = User.objects.get(pk=people.member.pk)
    Heartbeat(Process.Role.WEB, "web@a", sockets=lambda: {other.pk: 2, 0: 5}).beat()
    table = shown(admin).partition('data-testid="people"')[2]
    names = [each.partition("</td>")[0] for each in table.split("<tr><td>")[1:]]
    assert names == [other.username, people.owner.username, "root"]
    assert f"{other.username}</td><td>2</td>" in table


def test_what_does_not_work_is_said_with_what_to_do(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Everything works." in shown(admin)
    monkeypatch.setattr("picking.room.free_bytes", lambda: 3 * 1024**2)
    page = shown(admin)
    assert "data folder: only 3 MiB free." in page
    assert "Free some space" in page


def test_the_number_of_queries_does_not_grow_with_what_is_shown(
    admin: Client, people: People, failed: Job, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        Job.objects.create(project=people.project, kind="import", status=Status.FAILED, error=str(number))
        Job.objects.create(project=people.project, kind="pick", status=Status.RUNNING, started_at=timezone.now())
        Heartbeat(Process.Role.WORKER, f"w{number}@host", ["pick"]).beat()
    with django_assert_max_num_queries(26):
        shown(admin)
