"""Class averages, as people ask for them and read them."""

import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from picking import storage
from picking.actions.micrographs.deleted_micrographs import delete_micrographs
from picking.actions.projects.projects import ProjectChange, change_project
from picking.models import Averages, Job, Micrograph
from tests.api.jobs.test_exports import add_micrographs
from tests.averages import make_averages
from tests.people import People
from tests.trainings import make_picks, make_training

pytestmark = pytest.mark.django_db


@pytest.fixture
def picked(people: People) -> Micrograph:
    """A micrograph with picks of a training."""
    [micrograph] = add_micrographs(people, "mic_1")
    make_picks(make_training(people.project), micrograph, [(50, 50, 0.9, 0.1)])
    return micrograph


def address(people: People, *rest: object) -> str:
    return "/".join(["/api/v1/projects", str(people.project.pk), "averages", *map(str, rest)])


def get(people: People, *rest: object, who: str = "viewer", **query: Any) -> Any:
    return people.client(who).get(address(people, *rest), query)


def ask(people: People, who: str = "member", **wanted: Any) -> Any:
    return people.client(who).post(address(people), wanted, format="json")


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 201), ("member", 201), ("viewer", 403), ("outsider", 404), ("anonymous", 401)],
)
def test_annotators_ask_for_averages(people: People, picked: Micrograph, who: str, status: int) -> None:
    assert ask(people, who).status_code == status
    assert Averages.objects.count() == (1 if status == 201 else 0)


def test_the_answer_says_whose_picks_they_are_of_and_has_the_job(people: People, picked: Micrograph) -> None:
    made = ask(people, micrographs=[picked.pk], least_particle=0.5).json()
    assert (made["number"], made["training"], made["source_name"], made["diameter"]) == (1, 1, "Training 1", 160)
    assert (made["job"]["kind"], made["job"]["status"]) == ("average", "queued")
    assert (made["micrographs"], made["least_particle"], made["most_contamination"]) == (1, 0.5, None)
    assert (made["classes"], made["problem"], made["round"], made["done"]) == (None, None, 0, 0)


def test_there_is_nothing_to_sort_before_something_is_picked(people: People) -> None:
    answer = ask(people)
    assert answer.status_code == 400
    assert "Nothing has been picked yet" in answer.json()["detail"]


def test_one_job_at_a_time_makes_averages(people: People, picked: Micrograph) -> None:
    ask(people)
    assert ask(people, "owner").status_code == 409


def test_an_archived_project_gets_none(people: People, picked: Micrograph) -> None:
    change_project(people.project.pk, people.owner, ProjectChange(archived=True))
    assert ask(people).status_code == 400


@pytest.mark.parametrize("wanted", [{"classes": 1}, {"micrographs": []}, {"least_particle": "NaN"}])
def test_what_makes_no_sense_is_refused(people: People, picked: Micrograph, wanted: dict[str, Any]) -> None:
    assert ask(people, **wanted).status_code == 400
    assert not Job.objects.exists()


def test_the_newest_come_first(people: People) -> None:
    for _ in range(3):
        make_averages(people.project)
    assert [row["number"] for row in get(people).json()["results"]] == [3, 2, 1]


def test_a_list_of_many_takes_no_more_queries_than_one_of_few(people: People) -> None:
    training = make_training(people.project)
    taken = []
    for _ in range(2):
        make_averages(people.project, source=training.source)
        with CaptureQueriesContext(connection) as made:
            assert get(people).status_code == 200
        taken.append(len(made))
    assert taken[0] == taken[1]


def test_why_they_failed_stands_with_them(people: People) -> None:
    job = Job.objects.create(project=people.project, kind="average", status="failed", error="Too few picks.")
    make_averages(people.project, job=job, classes=None)
    assert get(people, 1).json()["problem"] == "Too few picks."


def test_members_come_with_their_scores_and_the_best_fit_first(people: People, picked: Micrograph) -> None:
    pk = picked.pk
    make_averages(people.project, [(pk, 1.5, 2, 0.9, 0.1, 1, 0.4), (pk, 3, 4, 0.8, float("nan"), 1, 0.6)])
    assert get(people, 1, "classes", 1).json() == {
        "micrograph": [pk, pk],
        "x": [3, 1.5],
        "y": [4, 2],
        "particle": [0.8, 0.9],
        "contamination": [None, 0.1],
        "fit": [0.6, 0.4],
    }
    assert get(people, 1, "classes", 2).status_code == 404


def test_members_on_deleted_micrographs_are_left_out(people: People, picked: Micrograph) -> None:
    make_averages(people.project, [(picked.pk, 1, 2, 0.9, 0.1, 1, 0.4)])
    delete_micrographs(people.project.pk, people.owner, [picked.pk])
    assert get(people, 1, "classes", 1).json()["x"] == []


def test_the_picture_of_a_round_is_kept_by_browsers(people: People) -> None:
    make_averages(people.project, round=4)
    of_now, of_before = (get(people, 1, "picture.png", round=number) for number in (4, 3))
    assert (of_now.content, of_now["Content-Type"]) == (b"\x89PNG", "image/png")
    assert "immutable" in of_now["Cache-Control"]
    assert "no-cache" in of_before["Cache-Control"]


def test_the_download_holds_what_relion_leaves_and_the_picture(people: People) -> None:
    make_averages(people.project)
    answer = get(people, 1, "download.zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.namelist() == ["run_classes.mrcs", "run_classes.star", "averages.png"]
    assert archive.read("run_classes.mrcs") == b"stack"
    assert 'filename="averages-1.zip"' in answer["Content-Disposition"]


@pytest.mark.parametrize("what", [("picture.png",), ("download.zip",), ("classes", 1), ("beside", 1)])
def test_before_the_first_round_there_is_nothing_to_see(people: People, what: tuple[object, ...]) -> None:
    row = make_averages(people.project, classes=None)
    for file in storage.averages_folder(row).iterdir():
        file.unlink()
    answer = get(people, 1, *what)
    assert answer.status_code == 400
    assert "no classes yet" in answer.json()["detail"]


def test_each_class_is_shown_beside_the_one_with_most_of_its_picks(people: People, picked: Micrograph) -> None:
    def rows(*classes: int, off: float = 0.0) -> list[tuple[float, ...]]:
        return [(picked.pk, 100.0 * i + off, 50, 0.9, 0.1, number, 0.5) for i, number in enumerate(classes)]

    make_averages(people.project, rows(1, 1, 1, 2, 3))
    make_averages(people.project, rows(2, 2, 1, 1, off=9.0))  # a quarter of the diameter is 10 pixels
    make_averages(people.project, rows(1, 1, 1, 1, off=11.0))
    beside = get(people, 1, "beside", 2).json()["pairs"]
    assert [(pair["number"], pair["beside"], pair["shared"]) for pair in beside] == [(1, 2, 2), (2, 1, 1), (3, None, 0)]
    assert {pair["beside"] for pair in get(people, 1, "beside", 3).json()["pairs"]} == {None}


@pytest.mark.parametrize(("who", "status"), [("owner", 204), ("manager", 204), ("member", 403), ("viewer", 403)])
def test_managers_delete_those_of_others(people: People, who: str, status: int) -> None:
    row = make_averages(people.project, created_by=people.owner)
    assert people.client(who).delete(address(people, 1)).status_code == status
    assert Averages.objects.filter(pk=row.pk).exists() == (status == 403)


def test_people_delete_and_cancel_their_own(people: People, picked: Micrograph) -> None:
    job = ask(people).json()["job"]["id"]
    assert people.client("member").post(f"/api/v1/jobs/{job}/cancel").status_code == 200
    made = ask(people).json()
    assert made["number"] == 2
    assert people.client("member").delete(address(people, 2)).status_code == 204
    assert get(people, 2).status_code == 404
