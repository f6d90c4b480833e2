"""Comparing picks over HTTP."""

from typing import Any
from uuid import uuid4

import pytest

from picking.models import Label, Micrograph, Project, Source
from picking.science.picks import unpack
from tests.people import People, make_people
from tests.sources import make_import
from tests.trainings import make_picks, make_training

ROWS = [(100, 100, 1, 0), (300, 300, 1, 0), (500, 100, 1, 0)]


def compare(people: People, first: str, second: str, who: str = "viewer") -> Any:
    address = f"/api/v1/projects/{people.project.pk}/comparisons"
    return people.client(who).get(address, {"first": first, "second": second})


def agree(people: People, sets: list[str], at_least: int = 2, who: str = "member", name: str = "Both") -> Any:
    address = f"/api/v1/projects/{people.project.pk}/consensus"
    return people.client(who).post(address, {"name": name, "sets": sets, "at_least": at_least}, format="json")


@pytest.fixture
def two(micrograph: Micrograph) -> tuple[str, str]:
    """Two sources with three and two picks, of which two are the same."""
    one = make_import(micrograph, ROWS)
    other = make_import(micrograph, [(102, 100, 1, 0), (302, 300, 1, 0), (10, 10, 1, 0), (60, 500, 1, 0)], name="Topaz")
    return f"source:{one.pk}", f"source:{other.pk}"


def test_two_sources_are_compared(people: People, micrograph: Micrograph, two: tuple[str, str]) -> None:
    found = compare(people, *two).json()
    assert (found["titles"], found["first"], found["second"], found["matched"]) == (["crYOLO", "Topaz"], 3, 4, 2)
    assert (found["precision"], found["recall"]) == pytest.approx((1 / 2, 2 / 3))
    assert found["offset_px"] == pytest.approx([2, 0])
    assert found["micrographs"] == [{"id": micrograph.pk, "first": 3, "second": 4, "matched": 2}]


def test_places_of_one_micrograph_say_who_has_them(
    people: People, micrograph: Micrograph, two: tuple[str, str]
) -> None:
    address = f"/api/v1/micrographs/{micrograph.pk}/comparisons"
    found = people.client("viewer").get(address, {"first": two[0], "second": two[1]}).json()
    assert sorted(found["matched"]) == [[100, 100], [300, 300]]
    assert found["only_first"] == [[500, 100]]
    assert sorted(found["only_second"]) == [[10, 10], [60, 500]]


def test_a_persons_labels_are_compared_where_there_are_some(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS)
    said = [(people.owner, "particle", 101), (people.member, "particle", 305), (people.owner, "background", 500)]
    for n, (author, kind, x) in enumerate(said):
        Label.objects.create(pk=uuid4(), sequence=n, micrograph=micrograph, kind=kind, x=x, y=x, author=author)
    found = compare(people, f"labels:{people.owner.pk}", f"source:{source.pk}").json()
    assert found["titles"] == [f"Labels of {people.owner.username}", "crYOLO"]
    assert (found["first"], found["matched"]) == (1, 1)
    assert compare(people, "labels", f"source:{source.pk}").json()["matched"] == 2
    assert compare(people, f"labels:{people.viewer.pk}", f"source:{source.pk}").json()["micrographs"] == []


@pytest.mark.parametrize(("key", "number"), [("networks", 2), ("final", 2)])
def test_the_networks_picks_count_by_the_thresholds(
    people: People, micrograph: Micrograph, two: tuple[str, str], key: str, number: int
) -> None:
    make_picks(make_training(people.project), micrograph, [(101, 100, 0.9, 0), (300, 300, 0.9, 0), (500, 100, 0.1, 0)])
    found = compare(people, key, two[0]).json()
    assert (found["first"], found["matched"]) == (number, number)


@pytest.mark.parametrize("key", ["networks", "final", "source"])
def test_network_picks_in_the_border_margin_are_not_compared(
    people: People, micrograph: Micrograph, two: tuple[str, str], key: str
) -> None:
    training = make_training(people.project)
    make_picks(training, micrograph, [(10, 300, 0.9, 0), (300, 300, 0.9, 0)])
    key = f"source:{training.source.pk}" if key == "source" else key
    assert compare(people, key, two[0]).json()["first"] == 1
    Project.objects.update(border_margin=0)
    assert compare(people, key, two[0]).json()["first"] == 2


def test_the_networks_are_compared_whatever_people_said_and_the_final_picks_are_not(
    people: People, micrograph: Micrograph, two: tuple[str, str]
) -> None:
    make_picks(make_training(people.project), micrograph, [(101, 100, 0.9, 0)])
    Label.objects.create(pk=uuid4(), sequence=1, micrograph=micrograph, kind="background", x=101, y=100)
    assert [compare(people, key, two[0]).json()["first"] for key in ("networks", "final")] == [1, 0]


@pytest.mark.parametrize("key", ["networks", "final", "labels"])
def test_what_has_no_picks_yet_compares_to_nothing(people: People, two: tuple[str, str], key: str) -> None:
    found = compare(people, key, two[0]).json()
    assert (found["matched"], found["micrographs"]) == (0, [])


def test_picks_below_the_threshold_of_a_source_do_not_count(people: People, micrograph: Micrograph) -> None:
    one = make_import(micrograph, [(100, 100, 0.2, 0), (300, 300, 0.9, 0)])
    Source.objects.filter(pk=one.pk).update(threshold=0.5)
    other = make_import(micrograph, ROWS, name="Topaz")
    assert compare(people, f"source:{one.pk}", f"source:{other.pk}").json()["first"] == 1


@pytest.mark.parametrize("key", ["source:999999", "labels:999999", "source:", "source:1e3", "elsewhere", "source:-1"])
def test_picks_that_are_not_there_are_refused(people: People, key: str) -> None:
    answer = compare(people, "labels", key)
    assert 400 <= answer.status_code < 500
    assert key in answer.content.decode()


def test_sources_of_other_projects_are_refused(people: People, micrograph: Micrograph) -> None:
    elsewhere = make_import(micrograph, ROWS)
    Micrograph.objects.filter(pk=micrograph.pk).update(project=make_people("Another").project)
    Source.objects.filter(pk=elsewhere.pk).update(project=Micrograph.objects.get(pk=micrograph.pk).project)
    assert 400 <= compare(people, "labels", f"source:{elsewhere.pk}").status_code < 500


def test_a_consensus_becomes_a_source(people: People, micrograph: Micrograph, two: tuple[str, str]) -> None:
    answer = agree(people, list(two))
    assert answer.status_code == 201
    made = Source.objects.get(pk=answer.json()["id"])
    assert (made.kind, made.name, made.created_by) == (Source.Kind.CONSENSUS, "Both", people.member)
    assert made.how == {"sets": ["crYOLO", "Topaz"], "at_least": 2}
    rows = unpack(bytes(made.pick_sets.get(micrograph=micrograph).rows))
    assert sorted(rows.tolist()) == [[101, 100, 1, 0], [301, 300, 1, 0]]


def test_a_consensus_of_one_has_the_share_as_its_score(people: People, two: tuple[str, str]) -> None:
    answer = agree(people, list(two), 1).json()
    assert (answer["lowest_score"], answer["highest_score"]) == (0.5, 1)


@pytest.mark.parametrize(("twice", "at_least"), [(True, 2), (False, 3)])
def test_a_consensus_that_cannot_be_is_refused(
    people: People, two: tuple[str, str], twice: bool, at_least: int
) -> None:
    answer = agree(people, [two[0], two[0 if twice else 1]], at_least)
    assert 400 <= answer.status_code < 500
    assert Source.objects.count() == 2
