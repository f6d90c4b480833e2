"""Bodies that are not the JSON they should be."""

from typing import Any

import pytest
from django.test import Client

from tests.people import People

CREATE, CHANGE = ("POST", "/api/v1/projects"), ("PATCH", "/api/v1/projects/{project}")
LABEL, UPLOAD = ("POST", "/api/v1/projects/{project}/operations"), ("POST", "/api/v1/projects/{project}/uploads")


def send(people: People, who: str, route: tuple[str, str], body: bytes, charset: str = "") -> Any:
    method, path = route
    kind = f"application/json; charset={charset}" if charset else "application/json"
    client: Client = people.client(who)
    return client.generic(method, path.format(project=people.project.pk), body, content_type=kind)


@pytest.mark.parametrize("route", [CREATE, CHANGE, LABEL, UPLOAD])
@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 100_000, b'{"name":' + b"[" * 100_000])
def test_brackets_without_end_are_refused_in_words(people: People, route: tuple[str, str], body: bytes) -> None:
    answer = send(people, "owner", route, body)
    assert (answer.status_code, answer.json()["detail"]) == (400, "This JSON is nested too deeply.")


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 400), ("member", 400), ("viewer", 403), ("outsider", 404), ("anonymous", 401)]
)
def test_only_who_may_send_it_has_it_read(people: People, who: str, status: int) -> None:
    assert send(people, who, LABEL, b"[" * 100_000).status_code == status


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"NaN", b"9" * 5000, b'"\\ud800"', b"[[[[1]]]]"])
def test_what_is_no_object_of_json_is_refused(people: People, body: bytes) -> None:
    assert send(people, "owner", CREATE, body).status_code == 400


@pytest.mark.parametrize("charset", ["zlib", "rot13", "utf-16", "no-such"])
def test_json_is_utf_8_whatever_else_is_said(people: People, charset: str) -> None:
    body = '{"name": "β", "particle_diameter": 160}'.encode()
    assert send(people, "owner", CREATE, body, charset).json()["name"] == "β"
