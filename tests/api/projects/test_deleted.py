"""What was deleted: nothing of it is found, its owners see it, and restore it."""

import pytest

from picking import storage
from picking.actions.micrographs.deleted_micrographs import delete_micrographs
from picking.actions.projects.deleted_projects import delete_project
from picking.models import Label, Micrograph, PickSet, Project, Source
from tests.people import People
from tests.trainings import make_training


@pytest.fixture
def deleted(people: People) -> Micrograph:
    """A micrograph with a label and picks, whose folder holds six bytes, deleted by the owner."""
    micrograph = Micrograph.objects.create(project=people.project, name="gone", width=9, height=9)
    Label.objects.create(id="0" * 32, micrograph=micrograph, sequence=1, kind="particle", x=1, y=1)
    source = Source.objects.create(project=people.project, kind="imported", name="Topaz")
    PickSet.objects.create(micrograph=micrograph, source=source, count=1, rows=bytes(16))
    folder = storage.micrograph_folder(people.project.pk, micrograph.key)
    folder.mkdir(parents=True)
    (folder / "pyramid.u8").write_bytes(b"pixels")
    delete_micrographs(people.project.pk, people.owner, [micrograph.pk])
    return micrograph


def test_no_answer_of_a_project_tells_of_what_was_on_a_deleted_micrograph(people: People, deleted: Micrograph) -> None:
    client, base = people.client("owner"), f"/api/v1/projects/{people.project.pk}"
    snapshot = client.get(f"{base}/snapshot").json()
    assert (snapshot["micrographs"], snapshot["labels"]["id"]) == ([], [])
    for lists in ("micrographs", "labels"):
        assert client.get(f"{base}/{lists}").json()["results"] == []
    listed = client.get("/api/v1/projects").json()["results"][0]
    assert (listed["micrographs"], listed["labels"]["particle"], listed["cover"]) == (0, 0, None)
    for packed in ("picks", f"sources/{Source.objects.get().pk}/picks"):
        assert client.get(f"{base}/{packed}").content == b""
    assert b"gone" not in client.get(f"{base}/final_picks").content


def test_those_who_manage_see_what_was_deleted_and_the_room_it_takes(people: People, deleted: Micrograph) -> None:
    [row] = people.client("owner").get(f"/api/v1/projects/{people.project.pk}/deleted").json()["results"]
    assert (row["id"], row["name"], row["size"], row["deleted_by"]) == (deleted.pk, "gone", 6, people.owner.username)
    assert row["expires_at"] > row["deleted_at"]


def test_several_are_deleted_and_restored_at_once(people: People, deleted: Micrograph) -> None:
    other = Micrograph.objects.create(project=people.project, name="second", width=9, height=9)
    client, base = people.client("owner"), f"/api/v1/projects/{people.project.pk}/micrographs"
    both = {"micrographs": [other.pk, deleted.pk]}
    assert client.post(f"{base}/delete", both, format="json").status_code == 204
    assert not Micrograph.objects.exists()
    back = client.post(f"{base}/restore", both, format="json").json()["micrographs"]
    assert {row["id"] for row in back} == {other.pk, deleted.pk}
    assert Micrograph.objects.count() == 2


def test_a_micrograph_is_deleted_for_good(people: People, deleted: Micrograph) -> None:
    client = people.client("owner")
    assert client.delete(f"/api/v1/projects/{people.project.pk}/deleted/{deleted.pk}").status_code == 204
    assert not Micrograph.including_deleted.exists()


def test_owners_see_and_restore_a_deleted_project_and_others_do_not(people: People) -> None:
    pk = people.project.pk
    assert people.client("owner").delete(f"/api/v1/projects/{pk}").status_code == 204
    for name in ("owner", "member", "viewer", "outsider"):
        client = people.client(name)
        assert client.get("/api/v1/projects").json()["results"] == []
        listed = [row["id"] for row in client.get("/api/v1/deleted_projects").json()["results"]]
        assert listed == ([pk] if name == "owner" else [])
    assert people.client("owner").post(f"/api/v1/deleted_projects/{pk}/restore").json()["id"] == pk
    assert people.client("viewer").get(f"/api/v1/projects/{pk}").status_code == 200


def test_a_project_that_is_there_is_no_deleted_one(people: People) -> None:
    client = people.client("owner")
    assert client.delete(f"/api/v1/deleted_projects/{people.project.pk}").status_code == 404
    assert Project.objects.exists()


def test_a_deleted_project_teaches_no_other(people: People) -> None:
    project = people.project
    Project.objects.update(current_training=make_training(project, 1))
    assert people.client("owner").get("/api/v1/trainings").json()
    delete_project(project.pk, people.owner)
    assert people.client("owner").get("/api/v1/trainings").json() == []
