"""Waiting for work in the background."""

from typing import Any

import pytest

from cryoweb_client import CryoWebError, JobFailed, Progress
from cryoweb_client.progress import Report, silent
from cryoweb_client.waiting import Jobs, wait


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cryoweb_client.waiting.LOOK_EVERY_SECONDS", 0.0)


def wait_for(*moments: Jobs, report: Report = silent, timeout: float | None = None) -> list[str]:
    """Waits while the server has these jobs, one list for each question; the last remains."""
    left = list(moments)

    def look() -> Jobs:
        return left.pop(0) if len(left) > 1 else left[0]

    def under_way() -> Jobs:
        return [job for job in look() if job["status"] in ("queued", "running")]

    return wait(under_way, lambda: {"jobs": look()}, report, timeout)


def job(number: int, kind: str, status: str, done: int = 0, total: int = 0, error: str = "") -> dict[str, Any]:
    return {"id": number, "kind": kind, "status": status, "done": done, "total": total, "error": error}


def test_each_step_is_told_until_none_is_under_way() -> None:
    moments = [
        [job(1, "import", "running"), job(2, "import", "queued")],
        [job(2, "import", "running")],
        [job(3, "train", "queued")],
        [job(3, "train", "running", 40, 100), job(4, "pick", "queued")],
        [job(4, "pick", "running", 1, 3)],
        [job(3, "train", "finished"), job(5, "validate", "running")],
    ]
    told: list[Progress] = []
    assert wait_for(*moments, report=told.append) == []
    assert told == [
        Progress("Importing", 0, 2),
        Progress("Importing", 1, 2),
        Progress("Training, queued"),
        Progress("Training", 40, 100),
        Progress("Picking", 1, 3),
    ]


def test_why_files_were_not_imported_is_returned() -> None:
    jobs = [job(1, "import", "failed", error="a.mrc is a movie."), job(2, "train", "finished")]
    assert wait_for(jobs) == ["a.mrc is a movie."]


@pytest.mark.parametrize("kind", ["train", "pick"])
def test_the_last_training_or_picking_that_failed_is_an_error_in_its_words(kind: str) -> None:
    with pytest.raises(JobFailed, match="The labels are all on empty images"):
        wait_for([job(1, kind, "failed", error="The labels are all on empty images.")])


def test_a_cancelled_training_is_an_error_too() -> None:
    with pytest.raises(JobFailed, match="Training was cancelled"):
        wait_for([job(1, "train", "cancelled")])


def test_a_failure_before_one_that_went_well_is_over() -> None:
    assert wait_for([job(1, "train", "failed", error="No."), job(2, "train", "finished")]) == []


def test_after_its_time_it_is_given_up_and_the_work_goes_on() -> None:
    with pytest.raises(CryoWebError, match=r"takes longer than 0 s\. It goes on"):
        wait_for([job(1, "train", "running")], timeout=0)


def test_picking_that_is_queued_between_two_questions_is_waited_for() -> None:
    between, after = [job(2, "pick", "queued")], [job(1, "train", "finished")]
    told: list[Progress] = []
    assert wait_for([], between, after, report=told.append) == []
    assert told == [Progress("Picking, queued")]
