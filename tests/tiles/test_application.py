"""Tiles, asked for as a browser does: from the raw ASGI application."""

import base64
import io
import struct
import time
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.core.asgi import get_asgi_application
from django.test import Client
from PIL import Image

from picking.actions.micrographs.deleted_micrographs import delete_micrographs
from picking.actions.projects.deleted_projects import delete_project
from picking.models import Membership, Micrograph, User
from picking.tiles import members, tokens
from picking.tiles.application import tiles_first
from tests.people import People, make_people

pytestmark = pytest.mark.django_db(transaction=True)
application: Any = tiles_first(get_asgi_application())


@pytest.fixture(autouse=True)
def nobody_remembered() -> None:
    members.forget()


def browser_of(user_id: int) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(pk=user_id))
    return browser


async def get(path: str, method: str = "GET", browser: Client | None = None) -> tuple[int, dict[bytes, bytes], bytes]:
    """As a browser asks in which the person of the address is signed in, unless another one is given."""
    browser = browser or await database_sync_to_async(browser_of)(int(path.split("/")[3]))
    headers = [(b"cookie", browser.cookies.output(header="", sep=";").strip().encode())]
    scope: dict[str, Any] = {"type": "http", "method": method, "path": path, "headers": headers, "query_string": b""}
    communicator = ApplicationCommunicator(application, scope)
    await communicator.send_input({"type": "http.request", "body": b""})
    start = await communicator.receive_output(5)
    body = await communicator.receive_output(5)
    return start["status"], dict(start["headers"]), body["body"]


def base(people: People, who: str = "viewer") -> str:
    return tokens.tile_base(people.project.pk, getattr(people, who).pk)


async def test_a_tile_is_a_jpeg_of_its_part_of_the_micrograph(people: People, micrograph: Micrograph) -> None:
    status, headers, body = await get(f"{base(people)}/{micrograph.key}/0/1_0.jpg")
    image = Image.open(io.BytesIO(body))
    assert (status, headers[b"content-type"], image.size) == (200, b"image/jpeg", (128, 512))
    assert headers[b"cache-control"] == b"private, max-age=31536000, immutable"


async def test_dark_discs_are_dark_in_the_tile(people: People, micrograph: Micrograph) -> None:
    _, _, body = await get(f"{base(people)}/{micrograph.key}/0/0_0.jpg")
    pixels = np.asarray(Image.open(io.BytesIO(body)), float)
    assert pixels[70:90, 70:90].mean() < pixels[130:150, 130:150].mean() - 20


async def test_the_thumbnail_is_the_coarsest_level(people: People, micrograph: Micrograph) -> None:
    _, _, body = await get(f"{base(people)}/{micrograph.key}/thumb.jpg")
    assert Image.open(io.BytesIO(body)).size == (320, 320)


@pytest.mark.parametrize("look", ["l105", "h2000", "l105h2000", "denoised"])
async def test_a_filtered_tile_covers_the_same_part(people: People, micrograph: Micrograph, look: str) -> None:
    status, _, body = await get(f"{base(people)}/{micrograph.key}/{look}/0/1_0.jpg")
    assert (status, Image.open(io.BytesIO(body)).size) == (200, (128, 512))


async def test_discs_are_as_dark_where_they_were_in_less_noise(people: People, micrograph: Micrograph) -> None:
    raw, denoised = [
        np.asarray(Image.open(io.BytesIO((await get(f"{base(people)}/{micrograph.key}/{look}0/0_0.jpg"))[2])), float)
        for look in ("", "denoised/")
    ]
    for image in (raw, denoised):
        assert image[70:90, 70:90].mean() < image[130:150, 130:150].mean() - 20
    assert denoised[70:90, 70:90].std() < raw[70:90, 70:90].std() / 2


async def test_the_power_spectrum_is_a_square(people: People, micrograph: Micrograph) -> None:
    status, _, body = await get(f"{base(people)}/{micrograph.key}/spectrum.jpg")
    assert (status, Image.open(io.BytesIO(body)).size) == (200, (512, 512))


@pytest.mark.parametrize("look", ["l", "l1", "h20l10", "l10h", "blurred", "l123456"])
async def test_a_look_that_is_none_is_not_found(people: People, micrograph: Micrograph, look: str) -> None:
    assert (await get(f"{base(people)}/{micrograph.key}/{look}/0/0_0.jpg"))[0] == 404


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("member", 200), ("viewer", 200), ("outsider", 403)])
@pytest.mark.parametrize("what", ["l105/0/0_0", "spectrum"])
async def test_members_alone_see_other_looks(
    people: People, micrograph: Micrograph, who: str, status: int, what: str
) -> None:
    assert (await get(f"{base(people, who)}/{micrograph.key}/{what}.jpg"))[0] == status


@pytest.mark.parametrize("place", ["0/2_0", "0/0_2", "2/0_0", "99/0_0", "0/0_0.png", "-1/0_0"])
async def test_a_place_outside_of_the_pyramid_is_not_found(people: People, micrograph: Micrograph, place: str) -> None:
    status, _, _ = await get(f"{base(people)}/{micrograph.key}/{place}.jpg")
    assert status == 404


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("member", 200), ("viewer", 200), ("outsider", 403)])
async def test_members_alone_see_tiles(people: People, micrograph: Micrograph, who: str, status: int) -> None:
    assert (await get(f"{base(people, who)}/{micrograph.key}/0/0_0.jpg"))[0] == status


async def test_a_made_up_signature_opens_nothing(people: People, micrograph: Micrograph) -> None:
    forged = base(people)[:-43] + "0" * 43
    assert (await get(f"{forged}/{micrograph.key}/0/0_0.jpg"))[0] == 403


async def test_the_signature_of_one_person_does_not_serve_another(people: People, micrograph: Micrograph) -> None:
    stolen = base(people).replace(f"/{people.viewer.pk}/", f"/{people.owner.pk}/", 1)
    assert (await get(f"{stolen}/{micrograph.key}/0/0_0.jpg"))[0] == 403


async def test_an_address_runs_out(people: People, micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"{base(people)}/{micrograph.key}/0/0_0.jpg"
    later = time.time() + 12 * 60 * 60 + 1
    monkeypatch.setattr("time.time", lambda: later)
    assert (await get(path))[0] == 403


async def test_a_removed_member_loses_the_tiles_once_the_answer_is_forgotten(
    people: People, micrograph: Micrograph
) -> None:
    path = f"{base(people)}/{micrograph.key}/0/0_0.jpg"
    assert (await get(path))[0] == 200
    await database_sync_to_async(Membership.objects.filter(user=people.viewer).delete)()
    members.forget()
    assert (await get(path))[0] == 403


@pytest.mark.parametrize("who", ["owner", "member", "outsider"])
async def test_the_address_of_one_person_serves_no_browser_of_another(
    people: People, micrograph: Micrograph, who: str
) -> None:
    browser = await database_sync_to_async(people.client)(who)
    assert (await get(f"{base(people)}/{micrograph.key}/0/0_0.jpg", browser=browser))[0] == 403
    assert (await get(f"{base(people)}/{micrograph.key}/0/0_0.jpg", browser=Client()))[0] == 403


def sign_out(browser: Client) -> None:
    browser.post("/signout")


def take_another_password(browser: Client) -> None:
    User.objects.filter(pk=browser.session["_auth_user_id"]).update(password="another")


def deactivate(browser: Client) -> None:
    User.objects.filter(pk=browser.session["_auth_user_id"]).update(is_active=False)


@pytest.mark.parametrize("end", [sign_out, take_another_password, deactivate])
async def test_tiles_end_with_the_session_once_the_answer_is_forgotten(
    people: People, micrograph: Micrograph, end: Callable[[Client], None]
) -> None:
    path = f"{base(people)}/{micrograph.key}/0/0_0.jpg"
    here, there = [await database_sync_to_async(people.client)("viewer") for _ in range(2)]
    cookies = deepcopy(here.cookies)
    assert (await get(path, browser=here))[0] == 200
    await database_sync_to_async(end)(here)
    here.cookies = cookies  # as somebody who kept them
    members.forget()
    assert (await get(path, browser=here))[0] == 403
    assert (await get(path, browser=there))[0] == (200 if end is sign_out else 403)


async def test_the_tiles_of_another_project_are_not_found_with_ones_own_address(
    people: People, micrograph: Micrograph
) -> None:
    other = await database_sync_to_async(make_people)("Another")
    assert (await get(f"{base(other, 'owner')}/{micrograph.key}/0/0_0.jpg"))[0] == 404


@pytest.mark.parametrize("look", ["l99999h10", "l19", "h19", "l1700", "l99999"])
async def test_a_filter_for_waves_that_the_micrograph_cannot_hold_is_no_tile(
    people: People, micrograph: Micrograph, look: str
) -> None:
    status, _, _ = await get(f"{base(people)}/{micrograph.key}/{look}/0/0_0.jpg")
    assert status == 404


@pytest.mark.parametrize("look", ["l20", "h20", "l1600", "h99999", "l300h200"])
async def test_all_others_are_tiles(people: People, micrograph: Micrograph, look: str) -> None:
    status, _, _ = await get(f"{base(people)}/{micrograph.key}/{look}/0/0_0.jpg")
    assert status == 200


async def test_nothing_shows_of_a_deleted_micrograph(people: People, micrograph: Micrograph) -> None:
    places = sheet_of_one_crop(micrograph)
    addresses = [f"{micrograph.key}/0/0_0.jpg", f"{micrograph.key}/thumb.jpg", f"{micrograph.key}/spectrum.jpg", places]
    assert [(await get(f"{base(people)}/{address}"))[0] for address in addresses] == [200] * 4
    await database_sync_to_async(delete_micrographs)(people.project.pk, people.owner, [micrograph.pk])
    members.forget()
    assert [(await get(f"{base(people)}/{address}"))[0] for address in addresses] == [404] * 4


async def test_nothing_shows_of_a_deleted_project(people: People, micrograph: Micrograph) -> None:
    await database_sync_to_async(delete_project)(people.project.pk, people.owner)
    assert (await get(f"{base(people)}/{micrograph.key}/thumb.jpg"))[0] == 403


def sheet_of_one_crop(micrograph: Micrograph) -> str:
    packed = struct.pack("<16sHBff", micrograph.key.bytes, 64, 1, 80.0, 80.0)
    return f"crops/64/{base64.urlsafe_b64encode(packed).decode().rstrip('=')}.jpg"
