"""A bar on a terminal, lines elsewhere."""

import io

import pytest

from cryoweb_client import Progress, bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_a_bar_that_grows_in_its_line() -> None:
    terminal = Terminal()
    report = bar(terminal)
    for done in (0, 5, 10):
        report(Progress("Training", done, 10))
    lines = terminal.getvalue().split("\r")
    assert [line.count("█") for line in lines[1:]] == [0, 15, 30]
    assert terminal.getvalue().count("\n") == 1


def test_the_next_step_has_a_line_of_its_own() -> None:
    terminal = Terminal()
    report = bar(terminal)
    report(Progress("Training", 5, 10))
    report(Progress("Picking"))
    assert "\n\r" in terminal.getvalue()


def test_a_file_gets_a_line_for_each_step_and_one_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    file, now = io.StringIO(), [100.0]
    monkeypatch.setattr("cryoweb_client.progress.time.monotonic", lambda: now[0])
    report = bar(file)
    for done in range(15):
        report(Progress("Training", done, 15))
        now[0] += 1
    report(Progress("Picking"))
    assert file.getvalue().splitlines() == ["Training: 0 of 15", "Training: 10 of 15", "Picking"]
