"""Many labels, and final picks, at once: as JSON and as arrays."""

import io
import pickle
from typing import Any

import numpy as np
import pytest

from picking.api.marks import labels
from picking.models import Label, Micrograph
from tests.people import People
from tests.sources import make_import
from tests.trainings import make_picks, make_training

NPY = "application/x-npy"
ACCESS = [("owner", 201), ("member", 201), ("viewer", 403), ("outsider", 404), ("anonymous", 401)]
READ_ACCESS = [("owner", 200), ("member", 200), ("viewer", 200), ("outsider", 404), ("anonymous", 401)]


def npy(array: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def address(micrograph: Micrograph, what: str = "labels") -> str:
    return f"/api/v1/micrographs/{micrograph.pk}/{what}"


def add(people: People, micrograph: Micrograph, array: Any, who: str = "member", query: str = "") -> Any:
    content = array if isinstance(array, bytes) else npy(array)
    client: Any = people.client(who)
    return client.generic("POST", address(micrograph) + query, content, content_type=NPY)


@pytest.mark.parametrize(("who", "status"), ACCESS)
def test_those_who_label_add_an_array(people: People, micrograph: Micrograph, who: str, status: int) -> None:
    assert add(people, micrograph, np.array([[1, 2], [3.5, 4]]), who).status_code == status
    expected = {(1.0, 2.0, "particle"), (3.5, 4.0, "particle")} if status == 201 else set()
    assert set(Label.objects.values_list("x", "y", "kind")) == expected


@pytest.mark.parametrize("array", [np.array([(1, 2, "background")], [("x", "f4"), ("y", "i2"), ("kind", "U12")])])
def test_the_fields_of_an_array_say_the_kind(people: People, micrograph: Micrograph, array: Any) -> None:
    assert add(people, micrograph, array).json()["added"] == 1
    assert list(Label.objects.values_list("x", "y", "kind")) == [(1, 2, "background")]


def test_the_address_says_the_kind_of_labels_that_do_not(people: People, micrograph: Micrograph) -> None:
    add(people, micrograph, np.zeros((1, 2)), query="?kind=contamination")
    people.client("member").post(address(micrograph), {"labels": [{"x": 5, "y": 6}]}, format="json")
    assert set(Label.objects.values_list("kind", flat=True)) == {"contamination", "particle"}


def test_labels_beside_the_image_are_counted_and_the_others_kept(people: People, micrograph: Micrograph) -> None:
    added = add(people, micrograph, np.array([[1, 2], [9999, 4], [5, 6]])).json()
    assert (added["added"], [each["row"] for each in added["refused"]]) == (2, [1])
    assert "outside" in added["refused"][0]["detail"]


HUGE = npy(np.zeros((1, 2))).replace(b"(1, 2)", b"(9, 2)")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no array",
        HUGE,
        npy(np.zeros((1, 2)))[:-1],
        b"\x93NUMPY\x01\x00\x02\x00{}",
        npy(np.zeros((0, 2))),
        npy(np.zeros((2, 3))),
        npy(np.zeros(4)),
        npy(np.float64(1)),
        npy(np.array([[np.nan, 1]])),
        npy(np.array([[1j, 1]])),
        npy(np.array([("a", "b")], [("x", "U3"), ("y", "U3")])),
        npy(np.array([(1, 1, "cat")], [("x", "f8"), ("y", "f8"), ("kind", "U3")])),
        npy(np.zeros((labels.MOST + 1, 2), np.int8)),
        pickle.dumps(np.zeros((1, 2))),
        npy(np.array([[{}, 1]], object)),
        b"\x93NUMPY",
    ],
)
def test_an_array_that_cannot_be_labels_is_refused(people: People, micrograph: Micrograph, content: bytes) -> None:
    answer = add(people, micrograph, content)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert not Label.objects.exists()


@pytest.mark.parametrize(("who", "status"), READ_ACCESS)
def test_members_read_labels_as_an_array_and_as_json(
    people: People, micrograph: Micrograph, who: str, status: int
) -> None:
    add(people, micrograph, np.array([[1, 2], [3.5, 4]]))
    client = people.client(who)
    array, rows = (client.get(address(micrograph), headers={"Accept": form}) for form in (NPY, "application/json"))
    assert (array.status_code, rows.status_code) == (status, status)
    if status == 200:
        table = np.load(io.BytesIO(array.content))
        assert table.dtype.names == ("x", "y", "kind")
        assert sorted(table["x"]) == sorted(row["x"] for row in rows.json()["labels"]) == [1, 3.5]


def test_a_table_that_was_read_can_be_sent(people: People, micrograph: Micrograph) -> None:
    add(people, micrograph, np.array([[1, 2], [3.5, 4]]))
    table = people.client("member").get(address(micrograph), headers={"Accept": NPY}).content
    assert add(people, micrograph, table).json()["added"] == 2


@pytest.mark.parametrize(("who", "status"), READ_ACCESS)
def test_members_read_final_picks_of_a_micrograph_and_of_a_project(
    people: People, micrograph: Micrograph, who: str, status: int
) -> None:
    make_picks(make_training(people.project), micrograph, [(100, 100, 0.9, 0.1), (300, 300, 0.01, 0)])
    add(people, micrograph, np.array([[500.25, 400]]))
    client = people.client(who)
    for where in (address(micrograph, "final_picks"), f"/api/v1/projects/{people.project.pk}/final_picks"):
        array, columns = (client.get(where, headers={"Accept": form}) for form in (NPY, "application/json"))
        assert (array.status_code, columns.status_code) == (status, status)
        if status == 200:
            table, told = np.load(io.BytesIO(array.content)), columns.json()
            assert set(told["x"]) == set(table["x"]) == {100.0, 500.25}
            assert set(told["micrograph"]) == set(table["micrograph"]) == {micrograph.pk}
            label = told["source"].index("label")
            assert told["particle_score"][label] is None
            assert np.isnan(table["particle_score"][list(table["x"]).index(500.25)])


def test_picks_of_other_sources_are_not_final(people: People, micrograph: Micrograph) -> None:
    make_import(micrograph, [(10, 10, 0.5, 0)])
    assert people.client("viewer").get(address(micrograph, "final_picks")).json()["x"] == []
