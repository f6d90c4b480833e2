"""Giving micrographs to people."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from picking.actions.labelling.assigning import Assigning, assign, take_back
from picking.actions.labelling.queue import claim, finish
from picking.models import Assignment, Micrograph, User
from picking.refusals import Refused
from tests.actions.labelling.test_queue import long_gone, told
from tests.people import People
from tests.queue import make_micrographs


@pytest.fixture
def rows(people: People) -> list[Micrograph]:
    return make_micrographs(people.project, 10)


def shared(people: People, among: Sequence[User] = (), **wanted: Any) -> dict[str, str]:
    """Who got what, by name."""
    among = among or (people.owner, people.member)
    made = assign(people.project.pk, people.owner, Assigning([one.pk for one in among], **wanted))
    return {row.micrograph.name: row.user.username.split("-")[0] for row in made}


def test_people_get_as_many_in_turn(people: People, rows: list[Micrograph]) -> None:
    got = shared(people)
    assert Counter(got.values()) == {"owner": 5, "member": 5}
    assert [got[f"m{number}"] for number in (1, 2, 3, 10)] == ["owner", "member", "owner", "member"]


def test_no_more_than_asked_for_the_first_by_name(people: People, rows: list[Micrograph]) -> None:
    assert list(shared(people, each=2)) == ["m1", "m2", "m3", "m4"]


def test_a_random_choice_is_the_same_for_the_same_seed(people: People, rows: list[Micrograph]) -> None:
    got = shared(people, each=2, order="random", seed=7)
    take_back(people.project.pk, people.owner, [row.pk for row in rows])
    assert got == shared(people, each=2, order="random", seed=7)
    take_back(people.project.pk, people.owner, [row.pk for row in rows])
    assert got != shared(people, each=2, order="random", seed=8)


def test_those_that_are_chosen_go_to_one_person(people: People, rows: list[Micrograph]) -> None:
    assert shared(people, among=[people.member], micrographs=[rows[3].pk, rows[1].pk, 10**9]) == {
        "m2": "member",
        "m4": "member",
    }


def test_what_others_have_is_not_given_and_what_they_left_is(people: People, rows: list[Micrograph]) -> None:
    claim(rows[0], people.member)
    long_gone(people.member)
    claim(rows[1], people.owner)
    finish(rows[2], people.owner)
    got = shared(people, among=[people.owner])
    assert set(got) == {f"m{number}" for number in (1, 4, 5, 6, 7, 8, 9, 10)}
    assert rows[0].assignments.get().user == people.owner


def test_each_may_go_to_two_people(people: People, rows: list[Micrograph]) -> None:
    shared(people, micrographs=[rows[0].pk, rows[1].pk], double=True)
    assert rows[0].assignments.count() == rows[1].assignments.count() == 2
    assert told(people.project)["doubled"] == [rows[0].pk, rows[1].pk]
    rows[0].refresh_from_db()
    assert rows[0].double


def test_excluded_ones_are_not_given(people: People, rows: list[Micrograph]) -> None:
    Micrograph.objects.exclude(pk=rows[4].pk).update(excluded=True)
    assert list(shared(people)) == ["m5"]


def test_only_those_who_may_label_get_any(people: People, rows: list[Micrograph]) -> None:
    with pytest.raises(Refused, match="may only look"):
        shared(people, among=[people.viewer])
    with pytest.raises(Refused, match="no longer in the project"):
        shared(people, among=[people.outsider])


def test_what_is_not_finished_is_taken_back(people: People, rows: list[Micrograph]) -> None:
    shared(people)
    finish(rows[0], people.owner)
    ids = [row.pk for row in rows]
    assert take_back(people.project.pk, people.owner, ids, people.member.pk) == 5
    assert take_back(people.project.pk, people.owner, ids) == 4
    assert [one.micrograph for one in Assignment.objects.all()] == [rows[0]]
