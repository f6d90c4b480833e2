"""Errors of the API. A full disk: 507 and a sentence, whatever raised it."""

from pathlib import Path
from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper

from picking.actions.micrographs import uploads
from picking.models import Label, Micrograph
from tests.api.marks.test_operations import put_label
from tests.full_disk import postgres_error, sqlite_error, system_error
from tests.people import People


@pytest.mark.parametrize("who", ["sqlite", "postgres", "system"])
def test_labels_on_a_full_disk_are_answered_in_words_and_can_be_sent_again(
    people: People, micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, who: str
) -> None:
    error = {"sqlite": sqlite_error(tmp_path), "postgres": postgres_error(), "system": system_error()}[who]
    execute = CursorWrapper.execute

    def full(self: Any, sql: str, params: Any = None) -> Any:
        if sql.startswith("INSERT"):
            raise error
        return execute(self, sql, params)

    address, body = f"/api/v1/projects/{people.project.pk}/operations", {"operations": [put_label(micrograph)]}
    client = people.client("member")
    with monkeypatch.context() as patched:
        patched.setattr(CursorWrapper, "execute", full)
        answer = client.post(address, body, format="json")
    assert (answer.status_code, "disk is full" in answer.json()["detail"]) == (507, True)
    assert not Label.objects.exists()
    assert client.post(address, body, format="json").json()["results"][0]["status"] == "applied"


def test_a_chunk_that_cannot_be_written_is_not_counted_and_can_be_sent_again(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = people.client("owner")
    started = client.post(
        f"/api/v1/projects/{people.project.pk}/uploads", {"name": "new.mrc", "size": 9}, format="json"
    ).json()

    def full(*given: Any) -> None:
        raise system_error()

    def send() -> Any:
        return client.patch(
            f"/api/v1/uploads/{started['id']}",
            b"1234",
            content_type="application/offset+octet-stream",
            headers={"Upload-Offset": "0"},
        )

    with monkeypatch.context() as patched:
        patched.setattr(uploads, "_write", full)
        assert send().status_code == 507
    assert send().json() == {"received": 4}


def test_what_is_not_there_is_said_without_the_name_of_a_table(people: People) -> None:
    answer = people.client("owner").get("/api/v1/projects/0/snapshot")
    assert (answer.status_code, answer.json()["detail"]) == (
        404,
        "This does not exist, or you are not a member of its project.",
    )


@pytest.mark.parametrize(
    ("method", "address", "status", "words"),
    [
        ("POST", "/api/v1/me", 405, "Possible are GET"),
        ("GET", "/api/v1/nothing", 404, "no such address"),
        ("POST", "/api/v1/projects", 415, "It reads application/json"),
    ],
)
def test_errors_of_the_framework_are_problems_in_our_words(
    people: People, method: str, address: str, status: int, words: str
) -> None:
    answer = people.client("owner").generic(method, address, "<a/>", content_type="application/xml")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    told = answer.json()
    assert (told["status"], words in told["detail"]) == (status, True)
    assert told["type"].startswith("urn:cryoweb:problem:")


def test_a_form_of_answer_that_there_is_not_is_refused_in_json(people: People) -> None:
    answer = people.client("owner").get("/api/v1/me", headers={"Accept": "text/csv"})
    assert (answer.status_code, answer.json()["type"]) == (406, "urn:cryoweb:problem:not-acceptable")


def test_nobody_is_asked_to_sign_in_or_to_send_a_token(people: People) -> None:
    answer = people.client("anonymous").get("/api/v1/me")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert "Sign in" in answer.json()["detail"]


def test_every_wrong_field_is_named_with_its_place(people: People, micrograph: Micrograph) -> None:
    address, body = f"/api/v1/micrographs/{micrograph.pk}/centres", {"points": [[1, 2], [1, "x"]]}
    told = people.client("owner").post(address, body, format="json").json()
    assert told["errors"] == [{"field": "points.1.1", "detail": "A valid number is required."}]
    assert told["detail"] == "points 1 1: A valid number is required."
