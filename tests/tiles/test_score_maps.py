"""Score maps, asked for as the canvas does."""

import pytest
from channels.db import database_sync_to_async

from picking import storage
from picking.models import Micrograph
from picking.tiles import members
from tests.people import People, make_people
from tests.tiles.test_application import base, get

pytestmark = pytest.mark.django_db(transaction=True)
MAP = b"\x89PNG of the scores"


@pytest.fixture(autouse=True)
def nobody_remembered() -> None:
    members.forget()


@pytest.fixture
def scored(micrograph: Micrograph) -> Micrograph:
    storage.score_map_path(micrograph.project_id, micrograph.key, 7, "particle").write_bytes(MAP)
    return micrograph


async def test_a_map_is_a_png_that_is_asked_for_again_after_a_while(people: People, scored: Micrograph) -> None:
    status, headers, body = await get(f"{base(people)}/{scored.key}/scores/7/particle.png")
    assert (status, headers[b"content-type"], body) == (200, b"image/png", MAP)
    assert b"immutable" not in headers[b"cache-control"]


@pytest.mark.parametrize("name", ["7/contamination", "8/particle", "7/other", "7/../7/particle", "x/particle"])
async def test_what_is_not_there_is_not_found(people: People, scored: Micrograph, name: str) -> None:
    assert (await get(f"{base(people)}/{scored.key}/scores/{name}.png"))[0] == 404


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("member", 200), ("viewer", 200), ("outsider", 403)])
async def test_members_alone_see_maps(people: People, scored: Micrograph, who: str, status: int) -> None:
    assert (await get(f"{base(people, who)}/{scored.key}/scores/7/particle.png"))[0] == status


async def test_nobody_sees_maps_without_a_signature(people: People, scored: Micrograph) -> None:
    assert (await get(f"{base(people)[:-32]}{'0' * 32}/{scored.key}/scores/7/particle.png"))[0] == 403


async def test_the_maps_of_another_project_are_not_found(people: People, scored: Micrograph) -> None:
    other = await database_sync_to_async(make_people)("Another")
    assert (await get(f"{base(other, 'owner')}/{scored.key}/scores/7/particle.png"))[0] == 404
