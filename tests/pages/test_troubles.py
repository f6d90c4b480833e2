"""Pages that Django draws when something is wrong: a full disk, an address that is not there."""

from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from tests.full_disk import sqlite_error
from tests.people import People


def test_signing_in_on_a_full_disk_says_so_in_words(
    people: People, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    error = sqlite_error(tmp_path)

    def full(*given: object, **named: object) -> None:
        raise error

    client = Client(raise_request_exception=False)
    form = {"username": people.owner.username, "password": "let me in, please"}
    with monkeypatch.context() as patched:
        patched.setattr(SessionStore, "save", full)
        answer = client.post("/signin", form)
    assert answer.status_code == 507
    assert "disk is full" in answer.content.decode()
    assert client.post("/signin", form).status_code == 302


def test_other_errors_stay_what_they_are(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object, **named: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(SessionStore, "save", broken)
    client = Client(raise_request_exception=False)
    answer = client.post("/signin", {"username": people.owner.username, "password": "let me in, please"})
    assert answer.status_code == 500


@pytest.mark.parametrize(("path", "kind"), [("/api/v1/me", "application/problem+json"), ("/", "text/plain")])
def test_who_uses_another_name_of_the_server_is_told_how_to_add_it(people: People, path: str, kind: str) -> None:
    answer = Client(raise_request_exception=False).get(path, HTTP_HOST="elsewhere.example")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith(kind)
    assert "CRYOWEB_HOSTS" in answer.content.decode()


def test_an_address_that_is_not_there_leads_back_to_the_projects(people: People) -> None:
    client = Client()
    client.force_login(people.owner)
    answer = client.get("/account/")
    assert answer.status_code == 404
    assert '<a href="/">To your projects</a>' in answer.content.decode()
