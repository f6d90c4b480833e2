"""Whether a browser may still have a tile: what is remembered, and for how long."""

import asyncio
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from cachetools import TTLCache

from picking.live.open_sockets import open_sockets
from picking.signins import SignIn
from picking.tiles import members

COOKIE = [(b"cookie", b"sessionid=abc")]


class Database:
    """Answers with the number of the question."""

    def __init__(self) -> None:
        self.asked = 0
        self.away = False

    def __call__(self, project: int) -> int:
        self.asked += 1
        if self.away:
            raise OSError
        return self.asked


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    now = SimpleNamespace(at=1000.0)
    monkeypatch.setattr(members, "time", SimpleNamespace(monotonic=lambda: now.at))
    return now


def answers(database: Database, clock: SimpleNamespace) -> members.Answers[int]:
    asked = members.Answers(database, 10)
    asked._known = TTLCache(10, members.REMEMBERED_SECONDS, timer=lambda: clock.at)
    return asked


async def until_asked(asked: members.Answers[int]) -> None:
    while asked._asking:
        await asyncio.sleep(0)
        await asyncio.sleep(0.001)


async def test_who_comes_while_the_database_is_asked_waits_for_that_answer(clock: SimpleNamespace) -> None:
    database = Database()
    asked = answers(database, clock)
    assert await asyncio.gather(*(asked(7) for _ in range(6))) == [1] * 6


async def test_a_young_answer_is_not_asked_for_again(clock: SimpleNamespace) -> None:
    database = Database()
    asked = answers(database, clock)
    await asked(7)
    clock.at += members.OLD_SECONDS - 0.1
    assert await asked(7) == 1
    await until_asked(asked)
    assert database.asked == 1


async def test_an_old_answer_is_given_while_the_next_is_asked_for(clock: SimpleNamespace) -> None:
    database = Database()
    asked = answers(database, clock)
    await asked(7)
    clock.at += members.OLD_SECONDS + 0.1
    assert [await asked(7), await asked(7)] == [1, 1]
    await until_asked(asked)
    assert (await asked(7), database.asked) == (2, 2)


async def test_no_answer_is_given_for_longer_than_ten_seconds(clock: SimpleNamespace) -> None:
    database = Database()
    asked = answers(database, clock)
    await asked(7)
    database.away = True
    clock.at += members.REMEMBERED_SECONDS - 0.1
    assert await asked(7) == 1
    await until_asked(asked)
    clock.at += 0.2
    with pytest.raises(OSError):
        await asked(7)


@pytest.mark.parametrize(
    ("project", "user", "session", "may"),
    [(1, 2, "abc", True), (9, 2, "abc", False), (1, 9, "abc", False), (1, 2, "xyz", False)],
)
async def test_nobody_is_asked_about_who_has_a_socket_on_the_project(
    project: int, user: int, session: str, may: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no(*asked: Any) -> bool:
        return False

    monkeypatch.setattr(members, "_allowed", no)
    socket = Mock(project_id=project, sign_in=SignIn(session, user, "mark"))
    monkeypatch.setattr(open_sockets, "_sockets", {socket: None})
    assert await members.may_see(1, 2, COOKIE) is may
