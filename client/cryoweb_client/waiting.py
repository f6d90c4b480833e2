"""Waiting for work in the background, and telling how far it is."""

import time
from collections.abc import Callable
from typing import Any

from cryoweb_client.errors import CryoWebError, JobFailed
from cryoweb_client.progress import Progress, Report

LOOK_EVERY_SECONDS = 1.0
WAITED_FOR = {"import": "Importing", "train": "Training", "pick": "Picking"}
"""Kinds of jobs; a validation goes on by itself."""
UNDER_WAY = ("queued", "running")
Jobs = list[dict[str, Any]]


def wait(
    under_way: Callable[[], Jobs], snapshot: Callable[[], dict[str, Any]], report: Report, timeout: float | None = None
) -> list[str]:
    """Until no job of these kinds is under way.

    `under_way` asks for the jobs that are. That none is, a snapshot decides, which shows all at one moment: training
    may queue picking between two questions. Returns why files could not be imported. Raises JobFailed when the last
    training or picking failed, CryoWebError after `timeout` seconds.
    """
    until = None if timeout is None else time.monotonic() + timeout
    most = 0
    while True:
        active = _active(under_way())
        if not active:
            jobs = snapshot()["jobs"]
            active = _active(jobs)
            if not active:
                _require_success(jobs)
                return [job["error"] for job in jobs if job["kind"] == "import" and job["status"] == "failed"]
        if until is not None and time.monotonic() > until:
            what = WAITED_FOR[active[0]["kind"]]
            raise CryoWebError(f"{what} takes longer than {timeout:g} s. It goes on: wait again.")
        imports = sum(job["kind"] == "import" for job in active)
        most = max(most, imports)
        report(_importing(imports, most) if imports else _first(active))
        time.sleep(LOOK_EVERY_SECONDS)


def wait_for_export(look: Callable[[], dict[str, Any]], report: Report) -> dict[str, Any]:
    """The export once its file is there. `look` asks how far it is. Raises JobFailed where there will be none."""
    return _once_made(look, report, "Exporting", "The export was")


def wait_for_averages(look: Callable[[], dict[str, Any]], report: Report) -> dict[str, Any]:
    """The same for averages."""
    return _once_made(look, report, "Sorting picks", "The averages were")


def _once_made(look: Callable[[], dict[str, Any]], report: Report, doing: str, made: str) -> dict[str, Any]:
    pause = 0.1
    while (job := (row := look())["job"])["status"] in UNDER_WAY:
        report(Progress(doing, job["done"], job["total"]))
        time.sleep(pause)
        pause = min(2 * pause, LOOK_EVERY_SECONDS)
    if job["status"] != "finished":
        raise JobFailed(f"{made} not made ({job['status']}). {job['error']}".strip())
    return row


def _active(jobs: Jobs) -> Jobs:
    return [job for job in jobs if job["kind"] in WAITED_FOR and job["status"] in UNDER_WAY]


def _importing(left: int, most: int) -> Progress:
    return Progress(WAITED_FOR["import"], most - left, most)


def _first(active: Jobs) -> Progress:
    job = min(active, key=lambda job: (job["status"] != "running", job["id"]))
    what = WAITED_FOR[job["kind"]] if job["status"] == "running" else f"{WAITED_FOR[job['kind']]}, queued"
    return Progress(what, job["done"], job["total"])


def _require_success(jobs: Jobs) -> None:
    for kind in ("train", "pick"):
        last = max((job for job in jobs if job["kind"] == kind), key=lambda job: job["id"], default=None)
        if last and last["status"] in ("failed", "cancelled"):
            raise JobFailed(last["error"] or f"{WAITED_FOR[kind]} was cancelled. Start it again.")
