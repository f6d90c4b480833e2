"""What people see and where they point, as a process keeps it."""

import json

from picking.live.messages import Seen
from picking.live.views import Views


def seen(person: int, x: float = 1.0) -> Seen:
    return {"person": person, "at": (x, 2.0), "view": (0.0, 0.0, 10.0, 10.0)}


def people_in(message: str) -> list[int]:
    return [each["person"] for each in json.loads(message)["seen"]] if message else []


def test_what_is_new_is_told_by_micrograph_and_once() -> None:
    views = Views()
    views.put(10, seen(1))
    views.put(10, seen(2))
    views.put(20, seen(3))
    assert {where: people_in(text) for where, text in views.take_news().items()} == {10: [1, 2], 20: [3]}
    assert views.take_news() == {}


def test_of_many_moves_only_the_last_is_told() -> None:
    views = Views()
    for x in range(5):
        views.put(10, seen(1, float(x)))
    assert json.loads(views.take_news()[10])["seen"] == [{"person": 1, "at": [4.0, 2.0], "view": [0, 0, 10, 10]}]


def test_who_comes_to_a_micrograph_learns_of_all_who_are_there() -> None:
    views = Views()
    views.put(10, seen(1))
    views.put(20, seen(2))
    views.take_news()
    assert people_in(views.on(10)) == [1]
    views.put(20, seen(1))
    assert (views.on(10), people_in(views.on(20))) == ("", [1, 2])


def test_who_is_gone_is_forgotten() -> None:
    views = Views()
    views.put(10, seen(1))
    views.put(10, seen(2))
    assert people_in(views.on(10)) == [1, 2]
    views.keep([2])
    assert people_in(views.on(10)) == people_in(views.take_news()[10]) == [2]


def test_processes_tell_one_another_only_of_their_own() -> None:
    here, there = Views(), Views()
    here.put(10, seen(1))
    there.told(here.take_ours())
    assert (people_in(there.on(10)), there.take_ours(), here.take_ours()) == ([1], "", "")
