"""The history, the past and restorations, as each of the people who may ask."""

from typing import Any
from uuid import uuid4

import pytest

from picking.models import Event, Micrograph
from picking.models.marks import Label
from tests.api.jobs.test_exports import add_micrographs
from tests.changes import erase, label, later, now
from tests.people import People
from tests.trainings import make_picks, make_training

EVERYONE = [("owner", 200), ("member", 200), ("viewer", 200), ("outsider", 404), ("anonymous", 401)]


@pytest.fixture
def row(people: People) -> Micrograph:
    return add_micrographs(people, "mic_1")[0]


def get(people: People, what: str, who: str = "viewer", **query: Any) -> Any:
    return people.client(who).get(f"/api/v1/projects/{people.project.pk}/{what}", query)


def restore(people: People, who: str, key: str = "", **asked: Any) -> Any:
    address = f"/api/v1/projects/{people.project.pk}/restorations"
    headers = {"Idempotency-Key": key} if key else {}
    return people.client(who).post(address, asked, format="json", headers=headers)


def types(answer: Any) -> list[str]:
    return [entry["type"] for entry in answer.json()["results"]]


@pytest.mark.parametrize(("who", "status"), EVERYONE)
def test_members_see_the_history_and_the_past(people: People, row: Micrograph, who: str, status: int) -> None:
    at = {"at": 1}
    asked = [("history", {}), ("timeline", {}), ("past", at | {"micrograph": row.pk}), ("past/difference", at)]
    assert [get(people, what, who, **query).status_code for what, query in asked] == [status] * 4


def test_the_history_comes_in_pages_the_newest_first(people: People, row: Micrograph) -> None:
    for actor in (people.member, people.owner):
        label(people, row, actor)
    first = get(people, "history", limit=1)
    assert [entry["who"] for entry in first.json()["results"]] == [people.owner.username]
    second = people.client("viewer").get(first.json()["next"])
    assert [entry["who"] for entry in second.json()["results"]] == [people.member.username]


def test_the_history_is_narrowed_to_a_person_a_kind_a_micrograph_and_a_time(people: People, row: Micrograph) -> None:
    mark = label(people, row, people.member)
    before = now(people)
    erase(people, people.owner, mark)
    later(people.project, before, minutes=30)
    erased = Event.objects.get(type="label.deleted").created_at.isoformat()
    assert types(get(people, "history", person=people.member.pk)) == ["label.put"]
    assert types(get(people, "history", kinds=["labels", "settings"])) == ["label.deleted", "label.put"]
    assert types(get(people, "history", kinds="members")) == ["member.changed"] * 2
    assert types(get(people, "history", micrograph=row.pk)) == ["label.deleted", "label.put"]
    assert types(get(people, "history", since=erased)) == ["label.deleted"]
    assert types(get(people, "history", until=erased))[0] == "label.put"
    assert types(get(people, "history", after=before)) == ["label.deleted"]
    assert get(people, "history", kinds="nonsense").status_code == 400


def test_a_page_of_the_history_is_not_sent_again_until_something_changed(people: People, row: Micrograph) -> None:
    client = people.client("viewer")
    address = f"/api/v1/projects/{people.project.pk}/history"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    label(people, row, people.member)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_past_has_the_marks_in_the_columns_of_the_snapshot(people: People, row: Micrograph) -> None:
    mark = label(people, row, people.member)
    then = now(people)
    erase(people, people.member, mark)
    past = get(people, "past", at=then, micrograph=row.pk).json()
    snapshot = get(people, "snapshot").json()
    assert past["labels"]["id"] == [str(mark)]
    assert all(past[name].keys() == snapshot[name].keys() for name in ("labels", "regions", "verdicts"))


def test_the_past_is_that_of_a_micrograph_of_the_project(people: People, row: Micrograph) -> None:
    assert get(people, "past", at=1, micrograph=row.pk + 1).status_code == 404
    assert get(people, "past", micrograph=row.pk).status_code == 400


def test_picks_of_a_source_are_given_for_one_micrograph(people: People, row: Micrograph) -> None:
    older, newer = make_training(people.project, 1), make_training(people.project, 2)
    make_picks(older, row, [[1, 2, 0.5, 0], [3, 4, 0.5, 0]])
    make_picks(newer, row, [[1, 2, 0.5, 0]])
    address = f"/api/v1/micrographs/{row.pk}/picks"
    client = people.client("viewer")
    sizes = [len(client.get(address, query).content) for query in ({}, {"source": older.source.pk})]
    assert sizes == [12 + 16, 12 + 32]
    assert client.get(address, {"source": "all"}).status_code == 400


def test_a_restoration_says_what_it_would_change_and_does_it(people: People, row: Micrograph) -> None:
    then = now(people)
    label(people, row, people.member)
    would = get(people, "past/difference", at=then).json()
    assert would == {"back": 0, "gone": 1, "changed": 0, "micrographs": 1}
    done = restore(people, "owner", at=then)
    assert (done.status_code, done.json()["gone"], Label.objects.count()) == (201, 1, 0)


@pytest.mark.parametrize(
    ("who", "all_of_it", "own"), [("member", 403, 201), ("viewer", 403, 403), ("outsider", 404, 404)]
)
def test_annotators_restore_their_own_marks_and_no_others(
    people: People, row: Micrograph, who: str, all_of_it: int, own: int
) -> None:
    then = now(people)
    for person in (people.member, people.owner):
        label(people, row, person)
    assert restore(people, who, at=then).status_code == all_of_it
    assert restore(people, who, at=then, person=people.owner.pk).status_code == all_of_it
    assert restore(people, who, at=then, person=people.member.pk).status_code == own
    assert Label.objects.count() == (1 if own == 201 else 2)


def test_a_restoration_is_undone_by_who_did_it_or_by_a_manager(people: People, row: Micrograph) -> None:
    then = now(people)
    label(people, row, people.member)
    own = restore(people, "member", at=then, person=people.member.pk).json()["sequence"]
    undone = restore(people, "member", undoes=own)
    assert (undone.status_code, Label.objects.count()) == (201, 1)
    by_owner = restore(people, "owner", at=then).json()["sequence"]
    assert restore(people, "member", undoes=by_owner).status_code == 403
    assert restore(people, "owner", undoes=by_owner).status_code == 201
    assert restore(people, "owner", undoes=1).status_code == 404


def test_the_same_request_restores_once(people: People, row: Micrograph) -> None:
    then, key = now(people), str(uuid4())
    label(people, row, people.member)
    first = restore(people, "owner", key, at=then)
    assert restore(people, "owner", key, at=then).json() == first.json()
    assert Event.objects.filter(type="marks.restored").count() == 1


def test_a_restoration_needs_a_moment(people: People, row: Micrograph) -> None:
    assert "at" in restore(people, "owner").content.decode()
