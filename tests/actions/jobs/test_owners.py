"""Whether the worker of a job has ended for certain."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from picking.actions.jobs import owners
from picking.actions.jobs.owners import has_ended, owner_of

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux says which boot this is")


@pytest.fixture
def ended() -> int:
    """The number of a process that was here."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


@pytest.fixture
def elsewhere() -> Iterator[None]:
    """Nothing is kept of what was said of another machine."""
    owners._here.cache_clear()
    yield
    owners._here.cache_clear()


@on_linux
def test_a_process_that_is_gone_has_ended(ended: int) -> None:
    assert has_ended(owner_of(ended))


@on_linux
def test_one_that_nobody_has_taken_note_of_has_ended() -> None:
    process = subprocess.Popen(["true"])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert has_ended(owner_of(process.pid))
    process.wait()


def test_one_that_lives_has_not() -> None:
    assert not has_ended(owner_of(os.getpid()))


def test_of_another_machine_and_of_another_boot_nothing_is_known(ended: int) -> None:
    here, _, pid = owner_of(ended).rpartition(":")
    for other in (f"other{here}:{pid}", f"{here}0:{pid}", f"machine:{pid}", "somebody", ""):
        assert not has_ended(other)


def test_where_the_kernel_does_not_say_which_boot_it_is_nothing_is_known(
    elsewhere: None, ended: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owners, "PROCESSES", tmp_path)
    assert not has_ended(owner_of(ended))


def test_a_name_with_parentheses_hides_no_state() -> None:
    assert owners._state("12 (a) Z (b) S 1 12") == "S"
