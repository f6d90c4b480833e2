"""Statements that are written once: they read and write as Django's own queries do."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from picking.models import Event, Label, Micrograph, Project
from picking.server import prepared
from picking.server.prepared import Prepared, insert, update
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def micrographs(people: People) -> list[Micrograph]:
    size = {"width": 640, "height": 480}
    return [Micrograph.objects.create(project=people.project, name=f"m{each}", **size) for each in range(5)]


def read(row: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def label(micrograph: Micrograph, **said: Any) -> Label:
    return Label(id=uuid4(), micrograph=micrograph, kind="particle", x=1.5, y=2.0, sequence=3, **said)


def test_a_row_is_as_its_query_would_give_it(people: People) -> None:
    ask = Prepared(lambda project: Project.objects.filter(pk=project))
    [row] = ask(people.project.pk)
    assert read(row) == read(Project.objects.get(pk=people.project.pk))
    assert not row._state.adding


def test_json_ids_and_times_are_read_as_values_of_python(people: People) -> None:
    ask = Prepared(lambda project: Event.objects.filter(project=project))
    assert [read(row) for row in ask(people.project.pk)] == [read(row) for row in Event.objects.all()]


def test_columns_that_were_not_asked_for_are_read_when_they_are_needed(micrographs: list[Micrograph]) -> None:
    ask = Prepared(lambda ids: Micrograph.objects.filter(pk__in=ids).only("width"))
    [row] = ask([micrographs[0].pk])
    assert set(read(row)) == {"id", "width"}
    assert row.name == "m0"


@pytest.mark.parametrize("count", range(6))
def test_some_rows_are_asked_for_by_their_ids(micrographs: list[Micrograph], count: int) -> None:
    ask = Prepared(lambda project, ids: Micrograph.objects.filter(project=project, pk__in=ids))
    wanted = [each.pk for each in micrographs[:count]]
    assert {row.pk for row in ask(micrographs[0].project_id, wanted)} == set(wanted)
    assert ask(micrographs[0].project_id + 1, wanted) == []


def test_the_sql_is_written_once_for_sizes_up_to_each_power_of_two(micrographs: list[Micrograph]) -> None:
    written: list[int] = []

    def ask(ids: list[int]) -> QuerySet[Micrograph]:
        written.append(len(ids))
        return Micrograph.objects.filter(pk__in=ids)

    prepared_query = Prepared(ask)
    for count in (1, 2, 3, 4, 5, 3, 1):
        prepared_query([each.pk for each in micrographs[:count]])
    assert written == [1, 2, 4, 8]


def test_nothing_is_asked_of_an_empty_collection(db: None, django_assert_num_queries: Any) -> None:
    ask = Prepared(lambda ids: Micrograph.objects.filter(pk__in=ids))
    with django_assert_num_queries(0):
        assert ask([]) == []


@pytest.mark.parametrize("write", [insert, Label.objects.bulk_create], ids=["insert", "bulk_create"])
def test_rows_are_inserted_as_django_would_insert_them(
    people: People, micrographs: list[Micrograph], write: Callable[[list[Label]], Any]
) -> None:
    rows = [label(micrographs[0], author=people.member), label(micrographs[1])]
    write(rows)
    assert [read(Label.objects.get(pk=row.pk)) for row in rows] == [
        {key: value for key, value in read(row).items() if key != "_micrograph_cache"} for row in rows
    ]
    assert not any(row._state.adding for row in rows)


def test_ids_and_times_that_are_given_on_the_way_are_given(people: People) -> None:
    insert([Event(project=people.project, sequence=1000, data={"type": "it’s"}, type="x", operation=uuid4())])
    written = Event.objects.get(sequence=1000)
    assert written.pk
    assert written.created_at >= people.project.created_at
    assert written.data == {"type": "it’s"}


def test_many_rows_take_several_statements(
    micrographs: list[Micrograph], monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(prepared, "ROWS_A_STATEMENT", 2)
    with django_assert_num_queries(3):
        insert([label(micrographs[0]) for _ in range(5)])
    assert Label.objects.count() == 5


def test_a_row_that_is_there_is_not_inserted_again(micrographs: list[Micrograph]) -> None:
    row = label(micrographs[0])
    insert([row])
    with pytest.raises(IntegrityError):
        insert([row])


def test_an_update_writes_the_fields_that_are_named_and_no_others(people: People) -> None:
    project = people.project
    project.sequence, project.name = 77, "not written"
    update(project, ["sequence"])
    written = Project.objects.get(pk=project.pk)
    assert (written.sequence, written.name) == (77, "β-galactosidase")
