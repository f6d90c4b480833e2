"""Projects over the API, tried as owner, manager, member, viewer, outsider and anonymous."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from picking.actions.locked_project import locked_project
from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import PutLabel
from picking.events import ProjectChanged, append
from picking.models import Event, Label, Membership, Micrograph, Project, Training
from picking.tiles.tokens import tile_base
from picking.wire import project_wire
from tests.people import People, make_people
from tests.trainings import make_picks, make_training

NOBODY = {"outsider": 404, "anonymous": 401}


def test_a_new_project_makes_its_creator_the_owner(people: People) -> None:
    client = people.client("outsider")
    answer = client.post("/api/v1/projects", {"name": "Apoferritin", "particle_diameter": 130}, format="json")
    assert answer.status_code == 201
    listed = client.get("/api/v1/projects").json()["results"]
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
    answer = people.client("owner").post("/api/v1/projects", wanted, format="json")
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("character", ["\n", "\x07", "\u202e", "\u200b"])
def test_a_project_name_has_no_characters_that_do_not_show(people: People, character: str) -> None:
    name = f"a{character}b"
    wanted = {"name": name, "particle_diameter": 130}
    for answer in (
        people.client("owner").post("/api/v1/projects", wanted, format="json"),
        people.client("owner").patch(f"/api/v1/projects/{people.project.pk}", {"name": name}, format="json"),
    ):
        assert (answer.status_code, "invisible" in answer.json()["detail"]) == (400, True)
    assert not Project.objects.filter(name=name).exists()


@pytest.mark.parametrize(("who", "sees"), [("owner", 1), ("member", 1), ("viewer", 1), ("outsider", 0)])
def test_the_list_holds_only_the_projects_one_is_in(people: People, who: str, sees: int) -> None:
    assert len(people.client(who).get("/api/v1/projects").json()["results"]) == sees


def listed(people: People, who: str = "viewer") -> dict[str, Any]:
    project: dict[str, Any] = people.client(who).get("/api/v1/projects").json()["results"][0]
    return project


def picked(micrograph: Micrograph, *scores: tuple[float, float], version: int = 1) -> Training:
    """A training with picks of these particle and contamination scores."""
    training = make_training(micrograph.project, version)
    make_picks(training, micrograph, [(50.0 + i, 50.0, *pair) for i, pair in enumerate(scores)])
    return training


def test_the_list_counts_micrographs_labels_and_the_picks_that_pass(people: People, micrograph: Micrograph) -> None:
    put = PutLabel(uuid4(), uuid4(), micrograph.pk, "particle", 80.0, 80.0)
    apply_operations(people.project.pk, people.member, [put])
    people.project.current_training = picked(micrograph, (0.9, 0.1), (0.5, 0.5), (0.2, 0.1), (0.9, 0.9))
    people.project.save(update_fields=["current_training"])
    picked(micrograph, (0.9, 0.1), version=2)  # not the current one
    found = listed(people)
    assert (found["micrographs"], found["picks"]) == (1, 2)
    assert found["labels"] == {"particle": 1, "background": 0, "contamination": 0}


def test_a_threshold_of_its_own_and_exclusion_count_in_the_list_too(people: People, micrograph: Micrograph) -> None:
    picked(micrograph, (0.9, 0.1), (0.6, 0.1))
    micrograph.particle_threshold = 0.8
    micrograph.save()
    assert listed(people)["picks"] == 1
    micrograph.excluded = True
    micrograph.save()
    assert (listed(people)["picks"], listed(people)["cover"]) == (0, None)


def test_picks_nearer_to_the_border_than_the_margin_are_not_counted_in_the_list(
    people: People, micrograph: Micrograph
) -> None:
    picked(micrograph, (0.9, 0.1))  # 50 pixels from the border, where a particle is 40 wide
    counts = {margin: _picks_at(people, margin) for margin in (0.0, 1.2, 1.3)}
    assert counts == {0.0: 1, 1.2: 1, 1.3: 0}


def _picks_at(people: People, margin: float) -> Any:
    address = f"/api/v1/projects/{people.project.pk}"
    assert people.client("manager").patch(address, {"border_margin": margin}, format="json").status_code == 200
    return listed(people)["picks"]


def test_a_border_margin_is_at_most_five_diameters(people: People) -> None:
    address = f"/api/v1/projects/{people.project.pk}"
    answer = people.client("manager").patch(address, {"border_margin": 40}, format="json")
    assert (answer.status_code, "less than or equal to 5" in answer.json()["detail"]) == (400, True)


def test_the_list_shows_a_micrograph_by_a_signed_address(people: People, micrograph: Micrograph) -> None:
    cover = listed(people)["cover"]
    assert cover == f"{tile_base(people.project.pk, people.viewer.pk)}/{micrograph.key}/thumb.jpg"


def test_the_list_says_how_good_the_current_networks_are(people: People, micrograph: Micrograph) -> None:
    training = people.project.current_training = picked(micrograph)
    people.project.save(update_fields=["current_training"])
    assert listed(people)["quality"] is None
    for validation in ({"reason": "Too few labels."}, {"average_precision": 0.9, "particles": 3, "others": 6}):
        training.validation = validation
        training.save()
        assert listed(people)["quality"] == (validation if "particles" in validation else None)


def test_the_list_says_who_changed_a_project_last(people: People, micrograph: Micrograph) -> None:
    apply_operations(
        people.project.pk, people.member, [PutLabel(uuid4(), uuid4(), micrograph.pk, "particle", 80.0, 80.0)]
    )
    told = Event.objects.get(data__type="label.put")
    with locked_project(people.project.pk) as project:
        append(project, ProjectChanged(project=project_wire(project)))  # by nobody
    found = listed(people)
    assert (found["changed_by"], found["changed_at"]) == (people.member.username, told.created_at.isoformat())


def test_more_projects_cost_no_more_queries(people: People, micrograph: Micrograph) -> None:
    client = people.client("viewer")
    picked(micrograph, (0.9, 0.1))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/api/v1/projects")
        return len(captured)

    queries()  # the first request of a browser is noted
    one = queries()
    for number in range(3):
        another = make_people(f"Another {number}").project
        Membership.objects.create(project=another, user=people.viewer, role="viewer")
        copy = Micrograph.objects.create(project=another, name="m", file_name="m.mrc", width=640, height=640)
        picked(copy, (0.9, 0.1))
    assert len(client.get("/api/v1/projects").json()["results"]) == 4
    assert queries() == one


def test_the_list_is_closed_to_the_anonymous(people: People) -> None:
    assert people.client("anonymous").get("/api/v1/projects").status_code == 401


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 200), ("manager", 200), ("member", 403), ("viewer", 403), *NOBODY.items()]
)
def test_those_who_manage_rename_a_project(people: People, who: str, status: int) -> None:
    answer = people.client(who).patch(f"/api/v1/projects/{people.project.pk}", {"name": "New"}, format="json")
    assert answer.status_code == status
    assert Project.objects.get().name == ("New" if status == 200 else people.project.name)


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 200), ("manager", 200), ("member", 403), ("viewer", 403), *NOBODY.items()]
)
def test_those_who_manage_move_the_thresholds(people: People, who: str, status: int) -> None:
    wanted = {"particle_threshold": 0.75}
    answer = people.client(who).patch(f"/api/v1/projects/{people.project.pk}", wanted, format="json")
    assert answer.status_code == status
    assert (Project.objects.get().particle_threshold == 0.75) == (status == 200)


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 200), ("manager", 200), ("member", 403), ("viewer", 403), *NOBODY.items()]
)
@pytest.mark.parametrize("switch", ["keep_training", "first_guess"])
def test_those_who_manage_turn_the_switches_of_the_project(people: People, switch: str, who: str, status: int) -> None:
    answer = people.client(who).patch(f"/api/v1/projects/{people.project.pk}", {switch: True}, format="json")
    assert answer.status_code == status
    assert getattr(Project.objects.get(), switch) == (status == 200)


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("manager", 403), ("member", 403), ("viewer", 403)])
def test_only_owners_archive_a_project(people: People, who: str, status: int) -> None:
    answer = people.client(who).patch(f"/api/v1/projects/{people.project.pk}", {"archived": True}, format="json")
    assert answer.status_code == status
    assert (Project.objects.get().archived_at is not None) == (status == 200)


def test_a_manager_cannot_archive_by_sending_a_threshold_along(people: People) -> None:
    wanted = {"particle_threshold": 0.75, "archived": True}
    answer = people.client("manager").patch(f"/api/v1/projects/{people.project.pk}", wanted, format="json")
    assert answer.status_code == 403


def test_an_archived_project_takes_no_changes_until_it_is_taken_out(people: People) -> None:
    owner, address = people.client("owner"), f"/api/v1/projects/{people.project.pk}"
    assert owner.patch(address, {"archived": True}, format="json").json()["archived"] is True
    refused = owner.patch(address, {"name": "New"}, format="json")
    assert (refused.status_code, "archived" in refused.json()["detail"]) == (400, True)
    assert owner.patch(address, {"archived": False, "name": "New"}, format="json").json()["name"] == "New"


@pytest.mark.parametrize("what", ["snapshot", "picks", "agreement"])
@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("member", 200), ("viewer", 200), *NOBODY.items()])
def test_members_alone_read_a_project(people: People, what: str, who: str, status: int) -> None:
    assert people.client(who).get(f"/api/v1/projects/{people.project.pk}/{what}").status_code == status


def test_the_snapshot_says_who_one_is_and_where_the_tiles_are(people: People) -> None:
    snapshot = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()
    assert snapshot["you"] == {"id": people.viewer.pk, "username": people.viewer.username, "role": "viewer"}
    assert snapshot["tiles"].startswith(f"/tiles/{people.project.pk}/{people.viewer.pk}/")
    assert snapshot["sequence"] == people.project.sequence


def test_the_marks_of_a_snapshot_are_columns_by_their_names(people: People, micrograph: Micrograph) -> None:
    places = [(1.0, 2.0), (3.0, 4.0)]
    puts = [PutLabel(uuid4(), uuid4(), micrograph.pk, "particle", x, y) for x, y in places]
    apply_operations(people.project.pk, people.member, puts)
    snapshot = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()
    labels = snapshot["labels"]
    assert labels.pop("created_at") == [label.created_at.isoformat() for label in Label.objects.all()]
    assert labels == {
        "id": [str(put.id) for put in puts],
        "micrograph": [micrograph.pk] * 2,
        "author": [people.member.pk] * 2,
        "changed_by": [None] * 2,
        "kind": ["particle"] * 2,
        "x": [1.0, 3.0],
        "y": [2.0, 4.0],
    }
    assert snapshot["regions"] == {
        name: [] for name in ("id", "micrograph", "author", "changed_by", "created_at", "polygon")
    }


def test_the_snapshot_says_what_the_server_takes_at_most(people: People) -> None:
    limits = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()["limits"]
    assert (limits["operations"], limits["corners"], limits["centres"], limits["tile"]) == (1000, 500, 1000, 512)


def test_a_request_without_the_csrf_token_changes_nothing(people: People) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(people.owner)
    answer = client.patch(f"/api/v1/projects/{people.project.pk}", {"name": "Forged"}, format="json")
    assert answer.status_code == 403
    assert Project.objects.get().name == people.project.name


def test_a_new_pixel_size_reaches_every_micrograph_of_open_browsers(people: People, micrograph: Micrograph) -> None:
    address = f"/api/v1/projects/{people.project.pk}"
    people.client("owner").patch(address, {"pixel_size": 2.5}, format="json")
    told = Event.objects.filter(data__type="micrograph.changed").order_by("sequence").last()
    assert told is not None
    assert (told.data["micrograph"]["id"], told.data["micrograph"]["pixel_size"]) == (micrograph.pk, 2.5)


def test_a_typed_pixel_size_can_be_taken_back(people: People) -> None:
    address = f"/api/v1/projects/{people.project.pk}"
    assert people.client("owner").patch(address, {"pixel_size": None}, format="json").json()["pixel_size"] is None


@pytest.mark.parametrize(
    "address", ["folders?path=%00", "folders?path=~nosuch", "projects/99999999999999999999/snapshot"]
)
def test_an_address_that_makes_no_sense_is_answered_in_words(people: People, address: str) -> None:
    answer = people.client("owner").get(f"/api/v1/{address}")
    assert answer.status_code in (400, 404)
    assert answer.json()["detail"]


def test_everyone_is_told_what_a_project_is_called_now(people: People) -> None:
    people.client("owner").patch(f"/api/v1/projects/{people.project.pk}", {"name": "Apoferritin"}, format="json")
    told = Event.objects.latest("sequence")
    assert (told.data["type"], told.data["project"]["name"], told.actor) == (
        "project.changed",
        "Apoferritin",
        people.owner,
    )
