"""What Prometheus is told, and that nobody else is."""

import re
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from picking.actions.jobs.processes import clear_silent_processes
from picking.heartbeat import Heartbeat
from picking.jobs.tasks import run_job
from picking.models import Job, Process, User
from picking.queries.server.server import queues
from picking.science.nets import memory
from picking.server import metrics
from picking.server.metrics import JOB_SECONDS
from tests.people import People

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-the-environment"


@pytest.fixture(autouse=True)
def token() -> Iterator[None]:
    with override_settings(CRYOWEB_METRICS_TOKEN=TOKEN):
        yield


def told() -> dict[str, float]:
    """Every sample, as Prometheus reads it."""
    answer = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200, answer.content
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_without_a_token_of_the_server_there_are_no_metrics() -> None:
    with override_settings(CRYOWEB_METRICS_TOKEN=""):
        assert Client().get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("given", [None, "Bearer wrong", "Bearer é", f"Basic {TOKEN}", "Bearer "])
def test_nobody_is_told_without_it_not_even_an_administrator(given: str | None) -> None:
    client = Client(headers={"authorization": given} if given else None)
    client.force_login(User.objects.create_superuser("root"))
    answer = client.get("/metrics")
    assert (answer.status_code, b"cryoweb_" in answer.content) == (401, False)


def test_jobs_are_told_by_queue_with_the_age_of_the_oldest(people: People) -> None:
    old = Job.objects.create(project=people.project, kind="import")
    Job.objects.create(project=people.project, kind="import")
    Job.objects.create(project=people.project, kind="pick", status=Job.Status.RUNNING)
    Job.objects.create(project=people.project, kind="pick", status=Job.Status.FAILED)
    Job.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    found = told()
    assert (found['cryoweb_queue_jobs{queue="import"}'], found['cryoweb_queue_jobs{queue="pick"}']) == (2, 0)
    assert found['cryoweb_queue_oldest_seconds{queue="import"}'] == pytest.approx(300, abs=20)
    assert found['cryoweb_queue_oldest_seconds{queue="pick"}'] == 0
    assert found['cryoweb_running_jobs{queue="pick"}'] == 1


def test_the_queues_take_one_query_however_many_jobs_there_are(people: People, django_assert_num_queries: Any) -> None:
    for _ in range(5):
        Job.objects.create(project=people.project, kind="import")
    with django_assert_num_queries(1):
        queues()


def test_what_a_job_took_is_counted_by_kind_and_result(people: People) -> None:
    name = 'cryoweb_job_seconds_count{kind="train",result="failed"}'
    before = told().get(name, 0)
    run_job(Job.objects.create(project=people.project, kind="train").pk)
    assert told()[name] == before + 1


class Elsewhere(Heartbeat):
    """Another process: it has counted jobs that this one has not."""

    jobs = 0.0

    def counted(self) -> metrics.Counts:
        name = "cryoweb_job_seconds"
        return {(name, f"{name}_count", (("kind", "pick"), ("result", "finished"))): self.jobs}


COUNT = 'cryoweb_job_seconds_count{kind="pick",result="finished"}'


def worker(name: str) -> Elsewhere:
    return Elsewhere(Process.Role.WORKER, name, ["pick"])


def test_what_several_processes_count_adds_up_also_when_one_has_ended() -> None:
    first, second = worker("a@one"), worker("b@two")
    here = told().get(COUNT, 0)
    first.jobs, second.jobs = 3, 4
    first.beat()
    second.beat()
    assert told()[COUNT] - here == 7
    first.stop()
    assert (told()[COUNT] - here, told()['cryoweb_processes{role="worker"}']) == (7, 1)


def test_a_process_that_was_taken_for_ended_and_wakes_counts_nothing_twice() -> None:
    here, sleeper = told().get(COUNT, 0), worker("a@one")
    sleeper.jobs = 3
    sleeper.beat()
    Process.objects.filter(name="a@one").update(heard_at=timezone.now() - timedelta(hours=1))
    assert 'cryoweb_processes{role="worker"}' in told()
    assert (told()['cryoweb_processes{role="worker"}'], clear_silent_processes()) == (0, 1)
    sleeper.jobs = 5
    sleeper.beat()
    assert told()[COUNT] - here == 5
    sleeper.jobs = 6
    sleeper.beat()
    assert (told()[COUNT] - here, Process.objects.filter(name="a@one").count()) == (6, 1)


def test_memory_of_graphics_cards_is_told_and_no_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    cuda = SimpleNamespace(
        is_available=lambda: True,
        device_count=lambda: 1,
        mem_get_info=lambda number: (60 * 10**9, 80 * 10**9),
        get_device_name=lambda number: "NVIDIA H100",
    )
    Heartbeat(Process.Role.WORKER, "b@cpu", devices=memory.devices).beat()
    monkeypatch.setattr("picking.science.nets.memory.torch.cuda", cuda)
    Heartbeat(Process.Role.WORKER, "a@gpu", devices=memory.devices).beat()
    found = {name: value for name, value in told().items() if "gpu_memory_used" in name}
    assert found == {
        'cryoweb_gpu_memory_used_bytes{card="0",device="NVIDIA H100",worker="a@gpu"}': 20 * 10**9,
    }


def test_no_label_of_a_metric_tells_of_a_person_or_grows_without_end(people: People) -> None:
    JOB_SECONDS.labels("import", "finished").observe(1)
    labels = {label for name in told() for label in re.findall(r'[{,](\w+)="', name)}
    of_counts = {"route", "method", "status", "kind", "result", "cache", "le"}
    assert labels <= {*of_counts, "queue", "role", "worker", "card", "device"}
