"""`manage.py doctor`: each line, with what to do; its exit status."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from picking import room
from picking.checks import machine
from picking.checks.check import State
from picking.heartbeat import Heartbeat
from picking.jobs.kinds import WORK
from picking.models import Process

pytestmark = pytest.mark.django_db
QUEUES = [kind.value for kind in WORK]


def doctor() -> tuple[int, dict[str, dict[str, str]]]:
    """Its exit status, and what it found by the name of each check."""
    out, status = StringIO(), 0
    try:
        call_command("doctor", "--json", stdout=out)
    except SystemExit as ended:
        status = int(str(ended.code))
    return status, {each["name"]: each for each in json.loads(out.getvalue())}


@pytest.fixture(autouse=True)
def running(tmp_path: Path) -> Any:
    """A server that runs, whose page is built."""
    built = tmp_path / "dist"
    (built / ".vite").mkdir(parents=True)
    (built / ".vite" / "manifest.json").write_text("{}")
    Heartbeat(Process.Role.WORKER, "worker@host", QUEUES).beat()
    with override_settings(FRONTEND_DIST=built, ALLOWED_HOSTS=["localhost"]):
        yield


def test_a_server_without_a_problem_ends_with_status_0() -> None:
    status, found = doctor()
    problems = {name: each["said"] for name, each in found.items() if each["state"] == State.PROBLEM}
    assert (status, problems) == (0, {})
    ready = ["database", "migrations", "broker", "live updates", "data folder", "workers"]
    assert [*found][:6] == ready
    assert [*found][6:10] == ["settings", "engines", "processes", "page"]
    assert [*found][10:] == ["free disk", "permissions", "clock", "graphics card", "versions"]


def test_a_problem_is_said_in_words_and_ends_with_status_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "free_bytes", lambda: 3 * 1024**2)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=out, no_color=True)
    assert ended.value.code == 1
    lines = out.getvalue().splitlines()
    at = lines.index("problem  data folder: only 3 MiB free")
    assert lines[at + 1].strip() == "→ Free some space on the disk of CRYOWEB_DATA, or move it to a larger one."
    assert lines[0] == "ok       database"


def test_a_key_that_others_can_read_is_a_problem(data_folder: Path) -> None:
    (data_folder / "secret_key").write_text("s")
    (data_folder / "secret_key").chmod(0o644)
    status, found = doctor()
    assert (status, found["permissions"]["state"]) == (1, State.PROBLEM)
    assert "chmod 600" in found["permissions"]["todo"]


def test_a_data_root_that_is_not_mounted_is_named(tmp_path: Path) -> None:
    with override_settings(CRYOWEB_DATA_ROOTS={tmp_path / "nowhere": []}):
        found = doctor()[1]["permissions"]
    assert (found["state"], str(tmp_path / "nowhere") in found["said"]) == (State.WARNING, True)


def test_a_clock_that_differs_from_that_of_the_disk_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr("picking.checks.machine.time.time", lambda: now + 90)
    found = doctor()[1]["clock"]
    assert (found["state"], found["said"]) == (State.PROBLEM, "this clock differs from that of the disk by -90 s")


def test_a_card_that_pytorch_cannot_use_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter([Path("/dev/nvidia0")]))
    found = doctor()[1]["graphics card"]
    assert (found["state"], "nvidia-smi" in found["todo"]) == (State.PROBLEM, True)


def test_a_package_that_is_not_as_pinned_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_pinned", lambda: [("django", "1.0"), ("no-such-package", "2")])
    found = doctor()[1]["versions"]
    assert found["state"] == State.WARNING
    assert "(wanted: 1.0)" in found["said"]
    assert "no-such-package missing (wanted: 2)" in found["said"]


def nobody() -> None:
    Process.objects.all().delete()


def no_trainer() -> None:
    Process.objects.update(queues=["import", "export", "snapshot"])


def silent() -> None:
    Process.objects.create(
        role="worker",
        name="gone@host",
        host="host",
        version="0",
        started_at=timezone.now(),
        heard_at=timezone.now() - timedelta(minutes=3),
    )


def of_another_version() -> None:
    Process.objects.update(version="0.0.1")


@pytest.mark.parametrize(
    ("what", "state", "said"),
    [
        (nobody, State.WARNING, "the server does not run"),
        (no_trainer, State.PROBLEM, "no worker takes the jobs of average, diameter, guess, pick, train, validate"),
        (silent, State.WARNING, "silent: gone@host"),
        (of_another_version, State.WARNING, "worker@host"),
    ],
)
def test_processes_that_are_missing_are_named(what: Callable[[], None], state: State, said: str) -> None:
    what()
    found = doctor()[1]["processes"]
    assert (found["state"], said in found["said"]) == (state, True)


@pytest.mark.parametrize(
    ("settings", "state", "said"),
    [
        ({"DEBUG": True}, State.WARNING, "CRYOWEB_DEBUG is on"),
        (
            {"DEBUG": True, "ALLOWED_HOSTS": ["cryo.example.org"]},
            State.PROBLEM,
            "is on; people use this server",
        ),
        ({"ALLOWED_HOSTS": ["*"]}, State.PROBLEM, "any name"),
        ({"ALLOWED_HOSTS": ["cryo.example.org"]}, State.WARNING, "without HTTPS"),
        ({"CRYOWEB_METRICS_TOKEN": "short"}, State.WARNING, "CRYOWEB_METRICS_TOKEN"),
        ({"SESSION_COOKIE_SECURE": True}, State.WARNING, "security.W"),
    ],
)
def test_settings_that_are_unfit_for_others_are_named(settings: dict[str, Any], state: State, said: str) -> None:
    with override_settings(**settings):
        found = doctor()[1]["settings"]
    assert (found["state"], said in found["said"]) == (state, True)


def test_two_machines_on_one_sqlite_file_are_a_problem() -> None:
    Process.objects.create(
        role="worker", name="b@other", host="other", version="0", started_at=timezone.now(), heard_at=timezone.now()
    )
    found = doctor()[1]["engines"]
    assert (found["state"], "CRYOWEB_DATABASE_URL" in found["todo"]) == (State.PROBLEM, True)
