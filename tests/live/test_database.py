"""The connections that sockets keep."""

from contextlib import suppress

import pytest
from django.db import OperationalError, connection

from picking.live.database import writing

pytestmark = pytest.mark.django_db(transaction=True)


def ask() -> bool:
    """Whether the connection is a new one."""
    new = connection.connection is None
    connection.ensure_connection()
    return new


def fail(catches: bool) -> None:
    with suppress(*[OperationalError] if catches else []), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")


async def test_a_connection_is_kept() -> None:
    await writing(ask)()
    assert not await writing(ask)()


@pytest.mark.parametrize("catches", [True, False])
async def test_one_that_broke_is_replaced_also_where_the_error_was_caught(catches: bool) -> None:
    await writing(ask)()
    with suppress(OperationalError):
        await writing(fail)(catches)
    assert await writing(ask)()
