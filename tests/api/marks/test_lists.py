"""Lists: pages, filters, and answers that are not sent again while nothing has changed."""

from dataclasses import asdict
from typing import Any

import pytest
from django.utils import timezone

from picking.actions.micrographs.micrographs import MicrographChange, change_micrograph
from picking.models import Job, Micrograph, Project
from picking.wire import ExportOptions
from tests.api.marks.test_operations import put_label, send
from tests.people import People
from tests.sources import make_import
from tests.trainings import make_training


@pytest.fixture
def three(people: People) -> list[Micrograph]:
    return [
        Micrograph.objects.create(
            project=people.project, name=f"mic_{i}", file_name=f"mic_{i}.mrc", width=640, height=640, flagged=i == 2
        )
        for i in range(3)
    ]


def get(people: People, what: str, who: str = "viewer", **query: Any) -> Any:
    return people.client(who).get(f"/api/v1/projects/{people.project.pk}/{what}", query)


def names(answer: Any) -> list[str]:
    return [row["name"] for row in answer.json()["results"]]


def test_a_list_comes_in_pages_that_lead_to_each_other(people: People, three: list[Micrograph]) -> None:
    first = get(people, "micrographs", limit=2)
    assert names(first) == ["mic_0", "mic_1"]
    assert first.json()["previous"] is None
    second = people.client("viewer").get(first.json()["next"])
    assert (names(second), second.json()["next"]) == (["mic_2"], None)
    assert names(people.client("viewer").get(second.json()["previous"])) == ["mic_0", "mic_1"]


def test_a_page_stays_right_while_rows_before_it_go(people: People, three: list[Micrograph]) -> None:
    first = get(people, "micrographs", limit=2)
    three[0].delete()
    assert names(people.client("viewer").get(first.json()["next"])) == ["mic_2"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"name": "MIC_1"}, ["mic_1"]),
        ({"flagged": "true"}, ["mic_2"]),
        ({"excluded": "true"}, []),
        ({"has_labels": "true"}, ["mic_0"]),
        ({"has_labels": "false", "flagged": "false"}, ["mic_1"]),
        ({"has_picks": "true"}, ["mic_1"]),
        ({"reviewed": "true"}, ["mic_0"]),
        ({"reviewed": "false"}, ["mic_1", "mic_2"]),
    ],
)
def test_micrographs_are_found_by_what_is_said_of_them(
    people: People, three: list[Micrograph], query: dict[str, str], found: list[str]
) -> None:
    send(people, put_label(three[0]))
    make_import(three[1], [(10, 10, 0.5, 0)])
    assert names(get(people, "micrographs", **query)) == found


def test_labels_are_found_by_kind_micrograph_and_author(people: People, three: list[Micrograph]) -> None:
    send(people, put_label(three[0]), put_label(three[1], kind="background"))

    def found(**query: Any) -> list[int]:
        return [row["micrograph"] for row in get(people, "labels", **query).json()["results"]]

    assert found() == [three[0].pk, three[1].pk]
    assert found(kind="background") == found(micrograph=three[1].pk) == [three[1].pk]
    assert found(author=people.outsider.pk) == []


def test_jobs_are_found_by_what_became_of_them(people: People) -> None:
    for status in ("queued", "failed"):
        Job.objects.create(project=people.project, kind="import", status=status)
    assert [row["status"] for row in get(people, "jobs").json()["results"]] == ["failed", "queued"]
    assert [row["status"] for row in get(people, "jobs", status="failed").json()["results"]] == ["failed"]


def test_trainings_are_found_by_whether_they_pick_now(people: People) -> None:
    first, second = (make_training(people.project, version=n, labels={"particle": 9}) for n in (1, 2))
    Project.objects.update(current_training=second)

    def found(current: str) -> list[int]:
        return [row["id"] for row in get(people, "trainings", current=current).json()["results"]]

    assert (found("true"), found("false")) == ([second.pk], [first.pk])


def test_exports_are_found_by_format_and_by_what_became_of_them(people: People) -> None:
    for kind, status in (("csv", "failed"), ("relion", "queued")):
        job = Job.objects.create(project=people.project, kind="export", status=status)
        people.project.exports.create(job=job, format=kind, options=asdict(ExportOptions(kind)))

    def found(**query: str) -> list[str]:
        return [row["format"] for row in get(people, "exports", **query).json()["results"]]

    assert found(format="csv") == found(status="failed") == ["csv"]
    assert found(format="csv", status="queued") == []


def test_watched_folders_are_found_by_whether_they_are_stopped(people: People) -> None:
    for place, stopped in (("/data/old", timezone.now()), ("/data/new", None)):
        people.project.watched.create(place=place, stopped_at=stopped)

    def found(stopped: str) -> list[str]:
        return [row["place"] for row in get(people, "watched", stopped=stopped).json()["results"]]

    assert (found("true"), found("false")) == (["/data/old"], ["/data/new"])


@pytest.mark.parametrize("what", ["jobs", "exports", "watched", "uploads", "snapshot"])
def test_what_changes_without_a_number_is_known_by_its_content(people: People, what: str) -> None:
    client, address = people.client("owner"), f"/api/v1/projects/{people.project.pk}/{what}"
    known = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    job = Job.objects.create(project=people.project, kind="export")
    people.project.exports.create(job=job, format="csv", options=asdict(ExportOptions("csv")))
    people.project.watched.create(place="/data")
    people.project.uploads.create(user=people.owner, name="a.mrc", size=10)
    assert client.get(address, headers=known).status_code == 200
    assert people.client("outsider").get(address, headers=known).status_code == 404


@pytest.mark.parametrize(
    ("what", "query", "field"),
    [
        ("micrographs", {"flagged": "maybe"}, "flagged"),
        ("labels", {"micrograph": "x"}, "micrograph"),
        ("labels", {"micrograph": "9" * 30}, "micrograph"),
        ("jobs", {"kind": "dance"}, "kind"),
        ("sources", {"limit": "0"}, "limit"),
        ("trainings", {"limit": "-1"}, "limit"),
    ],
)
def test_a_filter_that_makes_no_sense_is_named(people: People, what: str, query: dict[str, str], field: str) -> None:
    answer = get(people, what, **query)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


def test_a_cursor_of_somebody_elses_making_is_refused_in_words(people: People) -> None:
    answer = get(people, "labels", cursor="nonsense")
    assert (answer.status_code, "first page" in answer.json()["detail"]) == (404, True)


COMPARED = "comparisons?first=labels&second=final"


@pytest.mark.parametrize(
    "what", ["micrographs", "labels", "sources", "trainings", "picks", "final_picks", "agreement", COMPARED]
)
def test_what_is_known_already_is_not_sent_again_until_the_project_changes(
    people: People, three: list[Micrograph], what: str
) -> None:
    client, address = people.client("viewer"), f"/api/v1/projects/{people.project.pk}/{what}"
    known = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    send(people, put_label(three[0]))
    assert client.get(address, headers=known).status_code == 200
    assert people.client("outsider").get(address, headers=known).status_code == 404


def test_settings_are_changed_only_as_they_were_read(people: People) -> None:
    client, address = people.client("owner"), f"/api/v1/projects/{people.project.pk}"
    read = client.get(address)["ETag"]
    changed = client.patch(address, {"name": "New"}, format="json", headers={"If-Match": read})
    assert changed.status_code == 200
    late = client.patch(address, {"name": "Newer"}, format="json", headers={"If-Match": read})
    assert (late.status_code, late.json()["type"]) == (412, "urn:cryoweb:problem:changed-meanwhile")
    assert client.get(address).json()["name"] == "New"
    assert client.get(address, headers={"If-None-Match": changed["ETag"]}).status_code == 304


@pytest.mark.parametrize("what", ["", "/comparisons?first=labels&second=final"])
def test_what_is_known_of_a_micrograph_is_not_sent_again_until_it_changes(
    people: People, three: list[Micrograph], what: str
) -> None:
    client, address = people.client("viewer"), f"/api/v1/micrographs/{three[0].pk}{what}"
    known = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    change_micrograph(three[0], people.owner, MicrographChange(note="ice"))
    assert client.get(address, headers=known).status_code == 200
    assert people.client("outsider").get(address, headers=known).status_code == 404


def test_who_one_is_is_not_sent_again_but_to_somebody_else(people: People) -> None:
    known = {"If-None-Match": people.client("viewer").get("/api/v1/me")["ETag"]}
    assert people.client("viewer").get("/api/v1/me", headers=known).status_code == 304
    assert people.client("member").get("/api/v1/me", headers=known).json()["id"] == people.member.pk
    assert people.client("anonymous").get("/api/v1/me", headers=known).status_code == 401
