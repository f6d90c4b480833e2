"""Folders of the server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import override_settings

from picking.models import Job, User
from tests.api.test_access import client_with
from tests.people import People


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """An allowed data root with a micrograph, a file of another kind, and a folder with more."""
    root = tmp_path / "raw"
    for name in ("mic_2.mrc", "notes.txt", "grid10/mic_2.mrc", "grid2/mic_3.mrc", ".cache/mic.mrc", "._mic_2.mrc"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(name.encode())
    with override_settings(CRYOWEB_DATA_ROOTS={root: ["*"]}):
        yield root


def add(people: People, path: Path, who: str = "manager", **more: Any) -> Any:
    return people.client(who).post(
        f"/api/v1/projects/{people.project.pk}/imports", {"path": str(path), **more}, format="json"
    )


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("manager", 200), ("member", 403), ("viewer", 403), ("outsider", 404), ("anonymous", 401)],
)
def test_owners_and_managers_import_folders(people: People, root: Path, who: str, status: int) -> None:
    assert add(people, root, who).status_code == status


@pytest.mark.parametrize(("who", "status"), [("viewer", 200), ("anonymous", 401)])
def test_people_with_an_account_look_into_folders(people: People, root: Path, who: str, status: int) -> None:
    assert people.client(who).get("/api/v1/folders", {"path": str(root)}).status_code == status


def test_a_folder_shows_what_would_come_and_what_would_not(people: People, root: Path) -> None:
    shown = people.client("manager").get("/api/v1/folders", {"path": str(root)}).json()
    assert [folder["name"] for folder in shown["folders"]] == ["grid2", "grid10"]
    assert shown["micrographs"] == 1
    assert [(each["count"], each["names"]) for each in shown["left_out"]] == [(1, ["notes.txt"])]
    more = people.client("manager").get("/api/v1/folders", {"path": str(root), "subfolders": "1"}).json()
    assert more["micrographs"] == 3


def test_the_answer_names_what_was_there_and_what_is_left_out(people: People, root: Path) -> None:
    add(people, root)
    answer = add(people, root, subfolders=True).json()
    assert (answer["jobs"], answer["skipped"]) == (2, ["mic_2.mrc"])
    assert [each["names"] for each in answer["left_out"]] == [["notes.txt"]]
    assert [job.name for job in Job.objects.order_by("pk")] == ["mic_2.mrc", "grid2/mic_3.mrc", "grid10/mic_2.mrc"]


def test_a_folder_outside_of_the_roots_is_refused(people: People, root: Path) -> None:
    for path in (root.parent, root / ".." / "other"):
        answer = add(people, path)
        assert (answer.status_code, "allowed data roots" in answer.json()["detail"]) == (400, True)


def test_a_folder_without_micrographs_is_said_plainly(people: People, root: Path) -> None:
    (root / "empty").mkdir()
    answer = add(people, root / "empty")
    assert (answer.status_code, "no micrographs" in answer.json()["detail"]) == (400, True)


def star(root: Path, *names: str) -> Path:
    path = root / "micrographs.star"
    rows = "\n".join(f"{name} 0.885" for name in names)
    path.write_text(f"data_\nloop_\n_rlnMicrographName\n_rlnMicrographPixelSize\n{rows}\n")
    return path


def test_a_folder_offers_its_lists_and_a_list_shows_what_would_come(people: People, root: Path) -> None:
    path = star(root, "grid2/mic_3.mrc", "gone.mrc")
    shown = people.client("manager").get("/api/v1/folders", {"path": str(root)}).json()
    assert [each["path"] for each in shown["lists"]] == [str(path)]
    listed = people.client("manager").get("/api/v1/folders", {"path": str(path)}).json()
    assert (listed["kind"], listed["micrographs"], listed["parent"]) == ("list", 1, str(root))
    assert [each["names"] for each in listed["left_out"]] == [["gone.mrc"]]
    assert "A list by RELION" in listed["notes"][0]


def test_the_micrographs_of_a_list_are_imported_with_what_it_says(people: People, root: Path) -> None:
    answer = add(people, star(root, "grid2/mic_3.mrc")).json()
    assert answer["jobs"] == 1
    job = Job.objects.get()
    assert job.listed
    assert (job.source, job.listed["pixel_size"]) == (str(root / "grid2" / "mic_3.mrc"), 0.885)
    assert "4 Å) applies instead of the list’s (0.885 Å)" in answer["notes"][-1]


def test_the_files_of_a_pattern_are_imported(people: People, root: Path) -> None:
    pattern = root / "*" / "mic_*.mrc"
    shown = people.client("manager").get("/api/v1/folders", {"path": str(pattern)}).json()
    assert (shown["kind"], shown["micrographs"], shown["parent"]) == ("pattern", 2, str(root))
    assert add(people, pattern).json()["jobs"] == 2


def test_a_folder_of_movies_alone_is_refused_with_the_reason(people: People, root: Path) -> None:
    (root / "movies").mkdir()
    (root / "movies" / "a.mrc").write_bytes(b"\x89HDF\r\n\x1a\n")
    detail = add(people, root / "movies").json()["detail"]
    assert "1 left out: it is an HDF5 file" in detail


@pytest.mark.parametrize("given_to", ["nobody", "one of them", "a group"])
@pytest.mark.parametrize("who", ["owner", "manager", "member", "viewer", "outsider"])
def test_people_see_the_roots_they_were_given_and_no_others(
    people: People, root: Path, who: str, given_to: str
) -> None:
    user: User = getattr(people, who)
    user.groups.add(Group.objects.create(name="lab"))
    names = {"nobody": ["somebody else"], "one of them": [user.username], "a group": ["%lab"]}[given_to]
    with override_settings(CRYOWEB_DATA_ROOTS={root: names}):
        roots = people.client(who).get("/api/v1/folders").json()["folders"]
        inside = people.client(who).get("/api/v1/folders", {"path": str(root / "grid2")})
    given = given_to != "nobody"
    assert ([each["path"] for each in roots], inside.status_code) == (([str(root)], 200) if given else ([], 400))
    assert given or str(root.parent) not in inside.json()["detail"].replace(str(root / "grid2"), "")


def test_a_manager_imports_from_no_root_of_others(people: People, root: Path) -> None:
    with override_settings(CRYOWEB_DATA_ROOTS={root: [people.owner.username]}):
        for path in (root, star(root, "mic_2.mrc"), root / "mic_*.mrc"):
            assert add(people, path).status_code == 400
    assert not Job.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("annotator", 403), ("manager", 200), ("owner", 200)])
def test_a_token_that_may_not_import_sees_no_folders(people: People, root: Path, role: str, status: int) -> None:
    asked = {"name": "notebook", "role": role, "project": people.project.pk, "days": 7}
    text = people.client("owner").post("/api/v1/tokens", asked, format="json").json()["text"]
    assert client_with(text).get("/api/v1/folders", {"path": str(root)}).status_code == status


def test_links_out_of_the_root_are_named_and_not_followed(people: People, root: Path) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    for name in ("secret.mrc", "secret.star"):
        (outside / name).write_bytes(b"secret")
        (root / name).symlink_to(outside / name)
    (root / "linked").symlink_to(outside)
    shown = people.client("manager").get("/api/v1/folders", {"path": str(root)}).json()
    assert (shown["lists"], [each["name"] for each in shown["folders"]]) == ([], ["grid2", "grid10"])
    reasons = {name: each["reason"] for each in shown["left_out"] for name in each["names"]}
    for name in ("linked", "secret.mrc", "secret.star"):
        assert "outside the allowed data roots" in reasons[name]
        assert "CRYOWEB_DATA_ROOTS" in reasons[name]
        assert people.client("manager").get("/api/v1/folders", {"path": str(root / name)}).status_code == 400
    assert people.client("manager").get("/api/v1/folders", {"path": str(root / "linked/*.mrc")}).status_code == 400


def test_links_from_one_root_to_another_are_followed(people: People, root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "far.mrc").write_bytes(b"far")
    (root / "linked").symlink_to(other)
    (root / "far.mrc").symlink_to(other / "far.mrc")
    with override_settings(CRYOWEB_DATA_ROOTS={root: ["*"], other: ["*"]}):
        shown = people.client("manager").get("/api/v1/folders", {"path": str(root)}).json()
        answer = add(people, root)
    assert [each["name"] for each in shown["folders"]] == ["grid2", "grid10", "linked"]
    assert (answer.json()["jobs"], Job.objects.filter(name="far.mrc").exists()) == (2, True)
