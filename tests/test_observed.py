"""Requests: their ids, what is counted and what is logged of them."""

import json
import logging
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.test import Client
from structlog.contextvars import get_contextvars

from picking.models import User
from picking.observed import RoutedHandler, observed
from picking.server import metrics
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)
Answer = tuple[int, dict[bytes, bytes], bytes]


async def get(path: str, who: User | None = None, application: Any = None, **given: str) -> Answer:
    """As a browser asks, with the headers `given`."""
    headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]
    if who:
        browser = Client()
        await database_sync_to_async(browser.force_login)(who)
        headers.append((b"cookie", browser.cookies.output(header="", sep=";").strip().encode()))
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
    scope["headers"] = [*headers, (b"host", b"localhost")]
    asked = ApplicationCommunicator(observed(application or RoutedHandler()), scope)
    await asked.send_input({"type": "http.request", "body": b""})
    start = await asked.receive_output(10)
    body = (await asked.receive_output(10)).get("body", b"")
    await asked.wait(10)
    return start["status"], dict(start["headers"]), body


async def test_a_request_keeps_the_id_that_it_comes_with() -> None:
    assert (await get("/healthz", x_request_id="from-nginx.1"))[1][b"x-request-id"] == b"from-nginx.1"


@pytest.mark.parametrize("given", ["short", "x" * 65, "a line\nERROR forged", "späßchen", ""])
async def test_an_id_that_is_none_is_replaced(given: str) -> None:
    answered = (await get("/healthz", x_request_id=given))[1][b"x-request-id"]
    assert (len(answered), answered.isalnum()) == (32, True)


async def test_a_failure_tells_its_id_to_people_and_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: Any) -> None:
        raise RuntimeError("password=pa55word")

    monkeypatch.setattr("picking.pages.probes.findings", fail)
    monkeypatch.setattr("picking.pages.troubles.says_full", lambda error: False)
    status, headers, body = await get("/readyz", x_request_id="failed-here-1")
    assert (status, headers[b"x-request-id"]) == (500, b"failed-here-1")
    assert "request failed-here-1" in body.decode()
    assert "pa55word" not in body.decode()


async def test_a_failure_of_the_api_tells_its_id_too(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("picking.api.people.me.link_of", fail)
    status, _, body = await get("/api/v1/me", people.owner, x_request_id="failed-here-2")
    assert (status, json.loads(body)["detail"].endswith("it is request failed-here-2.")) == (500, True)


async def test_requests_are_counted_and_logged_by_route_with_no_secret(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    before = metrics.counts()
    with caplog.at_level(logging.INFO, "picking.observed"):
        await get("/join/a-secret-token")
        await get(f"/api/v1/projects/{people.project.pk}/jobs", people.owner)
        await get("/nowhere/1")
        await get("/nowhere/2")
        await get("/healthz")
    new = metrics.since(metrics.counts(), before)
    count = {
        (labels["route"], labels["status"]): value
        for (_, name, pairs), value in new.items()
        if name == "cryoweb_request_seconds_count" and value and (labels := dict(pairs))
    }
    jobs = "api/v1/projects/<int:project_id>/jobs"
    routes = {("join/<str:token>", "410"): 1, (jobs, "200"): 1, ("unknown", "404"): 2, ("healthz", "200"): 1}
    assert count == routes
    lines = [vars(record) for record in caplog.records if record.name == "picking.observed"]
    assert [line["route"] for line in lines] == ["join/<str:token>", jobs, "unknown", "unknown"]
    assert (lines[1]["ids"], lines[1]["user"]) == ({"project_id": str(people.project.pk)}, people.owner.pk)
    assert "a-secret-token" not in str(lines)


async def test_a_request_that_breaks_ahead_of_django_is_counted_too() -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        assert get_contextvars()["request_id"] == "breaks-here"
        raise OSError

    before = metrics.counts()
    with pytest.raises(OSError):
        await get("/", application=broken, x_request_id="breaks-here")
    key = ("cryoweb_request_seconds", "cryoweb_request_seconds_count")
    labels = (("method", "GET"), ("route", "unknown"), ("status", "500"))
    assert metrics.since(metrics.counts(), before)[(*key, labels)] == 1
