"""Ids and times that the database writes as text."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from picking.models import Micrograph
from picking.queries.micrographs.as_text import IdText, IsoTime, as_text
from tests.people import People

SIZE = {"width": 640, "height": 640}
KEY = UUID("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f0")


def made(people: People) -> Micrograph:
    return Micrograph.objects.create(project=people.project, name="mic", file_name="mic.mrc", key=KEY, **SIZE)


def test_an_id_has_its_dashes(people: People) -> None:
    made(people)
    assert Micrograph.objects.values_list(IdText("key")).get() == (str(KEY),)


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 28, 7, 5, 40, 842_090, tzinfo=UTC),
        datetime(2026, 11, 28, 7, 5, 40, 7, tzinfo=UTC),
        datetime(2026, 1, 2, tzinfo=UTC),
        datetime(2026, 11, 28, 1, 0, 0, 100_000, tzinfo=timezone(timedelta(hours=3))),
    ],
)
def test_a_time_is_written_as_python_writes_it(people: People, at: datetime) -> None:
    Micrograph.objects.filter(pk=made(people).pk).update(created_at=at)
    assert Micrograph.objects.values_list(IsoTime("created_at")).get() == (at.astimezone(UTC).isoformat(),)


def test_the_columns_keep_their_order(people: People) -> None:
    row = made(people)
    columns = as_text(["name", "key", "created_at", "id"], key=IdText, created_at=IsoTime)
    assert Micrograph.objects.values_list(*columns).get() == ("mic", str(KEY), row.created_at.isoformat(), row.pk)
