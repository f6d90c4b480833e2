"""Watched folders at the API."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from picking.models import WatchedFolder
from tests.people import People

WHO = [("owner", 200), ("member", 200), ("viewer", 200), ("outsider", 404), ("anonymous", 401)]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Path]:
    session = tmp_path / "raw"
    session.mkdir()
    with override_settings(CRYOWEB_DATA_ROOTS={session: ["*"]}):
        yield session


def start(people: People, path: Path, who: str = "manager") -> Any:
    return people.client(who).post(address(people), {"path": str(path), "subfolders": True}, format="json")


def address(people: People, *more: object) -> str:
    return "/".join(map(str, ["/api/v1/projects", people.project.pk, "watched", *more]))


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 201), ("manager", 201), ("member", 403), ("viewer", 403), ("outsider", 404), ("anonymous", 401)],
)
def test_owners_and_annotators_watch_folders(people: People, session: Path, who: str, status: int) -> None:
    assert start(people, session, who).status_code == status
    assert WatchedFolder.objects.exists() == (status == 201)


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("manager", 200), ("member", 403), ("viewer", 403), ("outsider", 404), ("anonymous", 401)],
)
def test_owners_and_annotators_stop_them(people: People, session: Path, who: str, status: int) -> None:
    watched = start(people, session).json()["id"]
    assert people.client(who).post(address(people, watched, "stop")).status_code == status
    assert (WatchedFolder.objects.get().stopped_at is not None) == (status == 200)


@pytest.mark.parametrize(("who", "status"), WHO)
def test_all_members_see_them(people: People, session: Path, who: str, status: int) -> None:
    watched = start(people, session).json()["id"]
    assert people.client(who).get(address(people)).status_code == status
    assert people.client(who).get(address(people, watched)).status_code == status


def test_one_of_another_project_is_not_found(people: People, session: Path) -> None:
    watched = start(people, session).json()["id"]
    other = people.client("outsider").post("/api/v1/projects", {"name": "x", "particle_diameter": 100}, format="json")
    stop = f"/api/v1/projects/{other.json()['id']}/watched/{watched}/stop"
    assert people.client("outsider").post(stop).status_code == 404


def test_a_folder_outside_of_the_roots_is_refused(people: People, session: Path) -> None:
    answer = start(people, session.parent)
    assert (answer.status_code, "allowed data roots" in answer.json()["detail"]) == (400, True)


def test_a_folder_is_watched_once_and_again_after_it_was_stopped(people: People, session: Path) -> None:
    watched = start(people, session).json()["id"]
    again = start(people, session)
    assert (again.status_code, "already" in again.json()["detail"]) == (409, True)
    people.client("owner").post(address(people, watched, "stop"))
    assert start(people, session).status_code == 201


def test_the_snapshot_tells_of_them(people: People, session: Path) -> None:
    start(people, session)
    snapshot = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()
    assert [each["place"] for each in snapshot["watched"]] == [str(session)]
