"""Projects over the API, tried as owner, member, viewer, outsider and anonymous."""

import pytest
from rest_framework.test import APIClient

from picking.models import Event, Micrograph, Project
from tests.people import People

NOBODY = {"outsider": 404, "anonymous": 401}


def test_a_new_project_makes_its_creator_the_owner(people: People) -> None:
    client = people.client("outsider")
    answer = client.post("/api/projects", {"name": "Apoferritin", "particle_diameter": 130}, format="json")
    assert answer.status_code == 201
    listed = client.get("/api/projects").json()
    assert [(p["name"], p["role"], p["pixel_size"]) for p in listed] == [("Apoferritin", "owner", None)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("particle_diameter", -3),
        ("particle_diameter", "NaN"),
        ("pixel_size", 0),
        ("pixel_size", "wide"),
    ],
)
def test_a_project_with_a_wrong_field_is_refused_by_the_name_of_the_field(
    people: People, field: str, value: object
) -> None:
    wanted = {"name": "Good", "particle_diameter": 130, "pixel_size": 1.2, field: value}
    answer = people.client("owner").post("/api/projects", wanted, format="json")
    assert answer.status_code == 400
    assert list(answer.json()) == [field]


@pytest.mark.parametrize("character", ["\n", "\x07", "\u202e", "\u200b"])
def test_a_project_name_has_no_characters_that_do_not_show(people: People, character: str) -> None:
    name = f"a{character}b"
    wanted = {"name": name, "particle_diameter": 130}
    for answer in (
        people.client("owner").post("/api/projects", wanted, format="json"),
        people.client("owner").patch(f"/api/projects/{people.project.pk}", {"name": name}, format="json"),
    ):
        assert (answer.status_code, "does not show" in answer.json()["detail"]) == (400, True)
    assert not Project.objects.filter(name=name).exists()


@pytest.mark.parametrize(("who", "sees"), [("owner", 1), ("member", 1), ("viewer", 1), ("outsider", 0)])
def test_the_list_holds_only_the_projects_one_is_in(people: People, who: str, sees: int) -> None:
    assert len(people.client(who).get("/api/projects").json()) == sees


def test_the_list_is_closed_to_the_anonymous(people: People) -> None:
    assert people.client("anonymous").get("/api/projects").status_code == 401


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("member", 403), ("viewer", 403), *NOBODY.items()])
def test_only_the_owner_renames_a_project(people: People, who: str, status: int) -> None:
    answer = people.client(who).patch(f"/api/projects/{people.project.pk}", {"name": "New"}, format="json")
    assert answer.status_code == status
    assert Project.objects.get().name == ("New" if status == 200 else people.project.name)


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("member", 200), ("viewer", 403), *NOBODY.items()])
def test_those_who_label_move_the_thresholds(people: People, who: str, status: int) -> None:
    wanted = {"particle_threshold": 0.75}
    answer = people.client(who).patch(f"/api/projects/{people.project.pk}", wanted, format="json")
    assert answer.status_code == status
    assert (Project.objects.get().particle_threshold == 0.75) == (status == 200)


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("member", 200), ("viewer", 403), *NOBODY.items()])
def test_those_who_label_let_the_project_keep_training(people: People, who: str, status: int) -> None:
    wanted = {"keep_training": True}
    answer = people.client(who).patch(f"/api/projects/{people.project.pk}", wanted, format="json")
    assert answer.status_code == status
    assert Project.objects.get().keep_training == (status == 200)


def test_a_member_cannot_rename_by_sending_a_threshold_along(people: People) -> None:
    wanted = {"particle_threshold": 0.75, "name": "Mine"}
    answer = people.client("member").patch(f"/api/projects/{people.project.pk}", wanted, format="json")
    assert answer.status_code == 403


def test_an_archived_project_takes_no_changes_until_it_is_taken_out(people: People) -> None:
    owner, address = people.client("owner"), f"/api/projects/{people.project.pk}"
    assert owner.patch(address, {"archived": True}, format="json").json()["archived"] is True
    refused = owner.patch(address, {"name": "New"}, format="json")
    assert (refused.status_code, "archived" in refused.json()["detail"]) == (400, True)
    assert owner.patch(address, {"archived": False, "name": "New"}, format="json").json()["name"] == "New"


@pytest.mark.parametrize("what", ["snapshot", "picks", "agreement"])
@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("member", 200), ("viewer", 200), *NOBODY.items()])
def test_members_alone_read_a_project(people: People, what: str, who: str, status: int) -> None:
    assert people.client(who).get(f"/api/projects/{people.project.pk}/{what}").status_code == status


def test_the_snapshot_says_who_one_is_and_where_the_tiles_are(people: People) -> None:
    snapshot = people.client("viewer").get(f"/api/projects/{people.project.pk}/snapshot").json()
    assert snapshot["you"] == {"id": people.viewer.pk, "username": people.viewer.username, "role": "viewer"}
    assert snapshot["tiles"].startswith(f"/tiles/{people.project.pk}/{people.viewer.pk}/")
    assert snapshot["sequence"] == people.project.sequence


def test_a_request_without_the_csrf_token_changes_nothing(people: People) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(people.owner)
    answer = client.patch(f"/api/projects/{people.project.pk}", {"name": "Forged"}, format="json")
    assert answer.status_code == 403
    assert Project.objects.get().name == people.project.name


def test_a_new_pixel_size_reaches_every_micrograph_of_open_browsers(people: People, micrograph: Micrograph) -> None:
    address = f"/api/projects/{people.project.pk}"
    people.client("owner").patch(address, {"pixel_size": 2.5}, format="json")
    told = Event.objects.filter(data__type="micrograph.changed").order_by("sequence").last()
    assert told is not None
    assert (told.data["micrograph"]["id"], told.data["micrograph"]["pixel_size"]) == (micrograph.pk, 2.5)


def test_a_typed_pixel_size_can_be_taken_back(people: People) -> None:
    address = f"/api/projects/{people.project.pk}"
    assert people.client("owner").patch(address, {"pixel_size": None}, format="json").json()["pixel_size"] is None


@pytest.mark.parametrize(
    "address", ["folders?path=%00", "folders?path=~nosuch", "projects/99999999999999999999/snapshot"]
)
def test_an_address_that_makes_no_sense_is_answered_in_words(people: People, address: str) -> None:
    answer = people.client("owner").get(f"/api/{address}")
    assert answer.status_code in (400, 404)
    assert answer.json()["detail"]
