"""Sources of picks over HTTP: who reads, changes and removes them."""

import struct
from typing import Any

import pytest

from picking.models import Micrograph, Source
from picking.science.picks import as_picks, pack
from tests.people import People, make_people
from tests.sources import make_import

ROWS = [(10, 10, 0.25, 0), (300, 300, 0.75, 0)]


def address(people: People, source: Source) -> str:
    return f"/api/v1/projects/{people.project.pk}/sources/{source.pk}"


def change(people: People, source: Source, who: str = "manager", **wanted: Any) -> Any:
    return people.client(who).patch(address(people, source), wanted, format="json")


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 200), ("member", 200), ("viewer", 200), ("outsider", 404), ("anonymous", 401)]
)
def test_members_read_sources_and_their_picks(people: People, micrograph: Micrograph, who: str, status: int) -> None:
    source = make_import(micrograph, ROWS)
    listed = people.client(who).get(f"/api/v1/projects/{people.project.pk}/sources")
    picks = people.client(who).get(f"{address(people, source)}/picks")
    assert (listed.status_code, picks.status_code) == (status, status)
    if status == 200:
        assert [row["name"] for row in listed.json()["results"]] == ["crYOLO"]
        assert picks.content == struct.pack("<III", micrograph.pk, source.pk, 2) + pack(as_picks(ROWS))


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("manager", 200), ("member", 403), ("viewer", 403), ("outsider", 404), ("anonymous", 401)],
)
def test_those_who_manage_change_a_source(people: People, micrograph: Micrograph, who: str, status: int) -> None:
    source = make_import(micrograph, ROWS)
    answer = change(people, source, who, name="Topaz", threshold=0.5, teaches=True)
    assert answer.status_code == status
    source.refresh_from_db()
    expected = ("Topaz", 0.5, True) if status == 200 else ("crYOLO", 0.25, False)
    assert (source.name, source.threshold, source.teaches) == expected


@pytest.mark.parametrize(
    ("who", "own", "status"),
    [
        ("owner", False, 204),
        ("manager", False, 204),
        ("member", True, 204),
        ("member", False, 403),
        ("viewer", True, 403),
        ("outsider", True, 404),
        ("anonymous", False, 401),
    ],
)
def test_annotators_remove_what_they_brought_and_managers_all(
    people: People, micrograph: Micrograph, who: str, own: bool, status: int
) -> None:
    source = make_import(micrograph, ROWS, getattr(people, who) if own else None)
    assert people.client(who).delete(address(people, source)).status_code == status
    assert Source.objects.exists() == (status != 204)


def test_annotators_change_what_they_brought(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS, people.member)
    assert change(people, source, "member", teaches=True).status_code == 200


def test_a_source_is_found_in_its_own_project_only(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS)
    other = make_people("another")
    answer = other.client("owner").delete(address(other, source))
    assert (answer.status_code, Source.objects.count()) == (404, 1)


def test_a_threshold_is_a_number(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS)
    for wrong in ("null", '"high"', "NaN"):
        body = f'{{"threshold": {wrong}}}'
        answer = people.client("manager").patch(address(people, source), body, content_type="application/json")
        assert answer.status_code == 400


def test_a_browser_that_opens_the_project_gets_its_sources(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS)
    opened = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()
    assert [row["id"] for row in opened["sources"]] == [source.pk]
