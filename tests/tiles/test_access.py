"""The addresses of tiles, tried as everyone there is, with the browser of everyone, also for another project."""

from datetime import timedelta
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.test import Client

from picking.actions.projects.shared_links import revoke_shared, share
from picking.models import Micrograph, SharedLink
from picking.tiles import members, tokens
from tests.people import People, make_people
from tests.tiles.test_application import get

pytestmark = pytest.mark.django_db(transaction=True)
SEE = {"owner", "manager", "member", "viewer", "guest"}
KINDS = ("0/0_0", "thumb", "spectrum", "l105/0/0_0")


@pytest.fixture(autouse=True)
def nobody_remembered() -> None:
    members.forget()


def guest_of(people: People) -> tuple[Client, int]:
    link, token = share(people.project.pk, people.owner, "Referees", timedelta(days=1))
    browser = Client()
    browser.get(f"/shared/{token}")
    return browser, link.guest_id


def everyone_of(people: People, other: People) -> dict[str, tuple[Any, int]]:
    """The browser of each, and their user's id."""
    names = ("owner", "manager", "member", "viewer", "outsider")
    return {
        **{name: (people.client(name), getattr(people, name).pk) for name in names},
        "guest": guest_of(people),
        "owner of another project": (other.client("owner"), other.owner.pk),
        "guest of another project": guest_of(other),
        "anonymous": (Client(), people.owner.pk),
    }


async def test_members_and_guests_see_tiles_with_their_own_address_in_their_own_browser(
    people: People, micrograph: Micrograph
) -> None:
    other = await database_sync_to_async(make_people)("Another")
    everyone = await database_sync_to_async(everyone_of)(people, other)
    for who, (browser, user) in everyone.items():
        mine = tokens.tile_base(people.project.pk, user)
        for kind in KINDS:
            status, _, _ = await get(f"{mine}/{micrograph.key}/{kind}.jpg", browser=browser)
            assert (who, kind, status) == (who, kind, 200 if who in SEE else 403)
        elsewhere = tokens.tile_base(other.project.pk, user)
        status, _, _ = await get(f"{elsewhere}/{micrograph.key}/0/0_0.jpg", browser=browser)
        assert (who, status) == (who, 404 if "another" in who else 403)
        for stranger, (strange, theirs) in everyone.items():
            if theirs != user:
                status, _, _ = await get(f"{mine}/{micrograph.key}/0/0_0.jpg", browser=strange)
                assert (who, stranger, status) == (who, stranger, 403)


async def test_the_tiles_of_a_revoked_link_end_once_the_answer_is_forgotten(
    people: People, micrograph: Micrograph
) -> None:
    browser, user = await database_sync_to_async(guest_of)(people)
    path = f"{tokens.tile_base(people.project.pk, user)}/{micrograph.key}/0/0_0.jpg"
    assert (await get(path, browser=browser))[0] == 200
    await database_sync_to_async(revoke_shared)(await SharedLink.objects.aget(), people.owner)
    members.forget()
    assert (await get(path, browser=browser))[0] == 403
