"""What a cache in front asks before it gives a tile that it has kept."""

import pytest
from channels.db import database_sync_to_async

from picking.actions.micrographs.deleted_micrographs import delete_micrographs
from picking.models import Membership, Micrograph, User
from picking.tiles import members
from tests.people import People
from tests.tiles.test_application import base, browser_of, get

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nobody_remembered() -> None:
    members.forget()


async def asked(people: People, path: str, who: str = "viewer") -> int:
    user: User = getattr(people, who)
    browser = await database_sync_to_async(browser_of)(user.pk)
    return (await get(f"/allowed{path}", browser=browser))[0]


async def test_who_may_see_a_tile_may_have_it_from_a_cache_and_nobody_else(
    people: People, micrograph: Micrograph
) -> None:
    tile = f"{base(people)}/{micrograph.key}/0/0_0.jpg"
    assert await asked(people, tile) == 204
    assert await asked(people, tile, "outsider") == 403
    assert await asked(people, tile.replace("/tiles/", "/tiles/9")) == 403
    await Membership.objects.filter(user=people.viewer).adelete()
    members.forget()
    assert await asked(people, tile) == 403


async def test_not_the_tiles_of_a_deleted_micrograph(people: People, micrograph: Micrograph) -> None:
    tile = f"{base(people)}/{micrograph.key}/0/0_0.jpg"
    await database_sync_to_async(delete_micrographs)(people.project.pk, people.owner, [micrograph.pk])
    members.forget()
    assert await asked(people, tile) == 403
