"""Requests: the token, patience, and errors in the server's own words."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from cryoweb_client import NotReached, NotSignedIn, Problem
from cryoweb_client.connection import TRIES, Connection

Answers = list[httpx.Response | Exception]


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that were waited, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr("cryoweb_client.connection.time.sleep", waited.append)
    return waited


@pytest.fixture
def asked() -> list[httpx.Request]:
    return []


@pytest.fixture
def server(asked: list[httpx.Request]) -> Callable[..., Connection]:
    """A connection whose server gives these answers in turn."""

    def make(*answers: httpx.Response | Exception) -> Connection:
        left: Answers = list(answers)

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(request)
            found = left.pop(0)
            if isinstance(found, Exception):
                raise found
            return found

        return Connection("http://here/", "secret", httpx.MockTransport(answer))

    return make


def busy(status: int, **headers: str) -> httpx.Response:
    return httpx.Response(status, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_the_token_is_sent_to_the_versioned_api(server: Callable[..., Connection], asked: list[httpx.Request]) -> None:
    assert server(httpx.Response(200, json={"a": 1})).get("me") == {"a": 1}
    assert str(asked[0].url) == "http://here/api/v1/me"
    assert asked[0].headers["Authorization"] == "Bearer secret"


def test_a_busy_server_is_asked_again_after_the_time_that_it_names(
    server: Callable[..., Connection], pauses: list[float]
) -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    found = server(busy(429, Retry_After="7"), busy(503, Retry_After=at), busy(503), httpx.Response(200, json=[]))
    assert found.get("me") == []
    assert pauses[0] == 7
    assert 25 < pauses[1] <= 30
    assert 0 < pauses[2] <= 4


def test_a_request_that_is_repeated_has_one_key_and_another_request_another(
    server: Callable[..., Connection], asked: list[httpx.Request], pauses: list[float]
) -> None:
    found = server(busy(429, Retry_After="1"), httpx.Response(201, json={}), httpx.Response(201, json={}))
    found.post("projects", {"name": "A"})
    found.post("projects", {"name": "A"})
    first, again, other = (request.headers["Idempotency-Key"] for request in asked)
    assert first == again != other


def test_a_server_that_stays_busy_is_given_up_in_its_own_words(
    server: Callable[..., Connection], pauses: list[float]
) -> None:
    answers = [httpx.Response(429, json={"detail": "Too many. Try again in 1 s."}, headers={"Retry-After": "1"})]
    with pytest.raises(Problem, match=r"Too many\. Try again in 1 s\."):
        server(*answers * TRIES).get("me")
    assert len(pauses) == TRIES - 1


def test_a_wait_of_an_hour_is_not_waited(server: Callable[..., Connection], pauses: list[float]) -> None:
    with pytest.raises(Problem) as raised:
        server(busy(503, Retry_After="3600")).get("me")
    assert (raised.value.status, pauses) == (503, [])


def test_an_error_keeps_the_words_of_the_server_and_its_fields(server: Callable[..., Connection]) -> None:
    told = {"detail": "name: This field is required.", "errors": [{"field": "name", "detail": "This is required."}]}
    with pytest.raises(Problem, match=r"name: This field is required\.") as raised:
        server(httpx.Response(400, json=told)).post("projects", {})
    assert raised.value.errors == [("name", "This is required.")]


def test_a_token_that_does_not_hold_is_told_apart(server: Callable[..., Connection]) -> None:
    with pytest.raises(NotSignedIn, match="has expired"):
        server(httpx.Response(401, json={"detail": "This token has expired."})).get("me")


def test_an_answer_of_another_program_is_said_with_its_address(server: Callable[..., Connection]) -> None:
    with pytest.raises(Problem, match="502 Bad Gateway to http://here/api/v1/me"):
        server(httpx.Response(502, text="<html>")).get("me")


def test_a_proxy_that_leads_elsewhere_is_followed_by_hand(server: Callable[..., Connection]) -> None:
    with pytest.raises(Problem, match=r"leads to https://here/\. Sign in with that address\."):
        server(httpx.Response(301, headers={"Location": "https://here/"})).get("me")


def test_a_broken_connection_is_tried_again_for_reading_alone(
    server: Callable[..., Connection], pauses: list[float]
) -> None:
    assert server(httpx.ReadError("cut"), httpx.Response(200, json=[])).get("me") == []
    with pytest.raises(NotReached, match="http://here does not answer"):
        server(httpx.ReadError("cut")).post("projects", {})


def test_a_list_is_read_page_after_page(server: Callable[..., Connection], asked: list[httpx.Request]) -> None:
    pages = [{"results": [1, 2], "next": "http://here/api/v1/projects?cursor=b"}, {"results": [3], "next": None}]
    found = server(*(httpx.Response(200, json=page) for page in pages))
    assert list(found.rows("projects")) == [1, 2, 3]
    assert str(asked[1].url).endswith("?cursor=b")
