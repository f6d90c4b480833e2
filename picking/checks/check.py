"""A check: its name, and a look that finds that all is well, or what is not and what to do about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from picking import room


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Found:
    """What a look found. `said`: nothing secret, no path and no address, where the check is for probes.

    `todo`: what an administrator does about it.
    """

    state: State
    said: str
    todo: str = ""


@dataclass(frozen=True)
class Finding(Found):
    """The same with the name of its check."""

    name: str = ""


Look = Callable[[], Found]


def ok(said: str = "ok") -> Found:
    return Found(State.OK, said)


def warning(said: str, todo: str) -> Found:
    return Found(State.WARNING, said, todo)


def problem(said: str, todo: str) -> Found:
    return Found(State.PROBLEM, said, todo)


def together(several: list[Found]) -> Found:
    """As one, as bad as the worst; all is well where there is none."""
    worst = [state for state in (State.PROBLEM, State.WARNING) if state in {each.state for each in several}]
    if not worst:
        return ok()
    return Found(worst[0], "; ".join(each.said for each in several), " ".join(each.todo for each in several))


@dataclass(frozen=True)
class Check:
    """`todo`: what to do where the look itself fails."""

    name: str
    look: Look
    todo: str = "The log of the server says more."


def findings(checks: Iterable[Check]) -> list[Finding]:
    """Looks at each, one after the other. A look that fails is a problem, without the words of its error."""
    return [_finding(check) for check in checks]


def _finding(check: Check) -> Finding:
    try:
        found = check.look()
    except Exception as error:
        said = "the disk is full" if room.says_full(error) else f"not reached ({type(error).__name__})"
        found = problem(said, check.todo)
    return Finding(found.state, found.said, found.todo, check.name)
