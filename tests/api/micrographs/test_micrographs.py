"""What people say of a micrograph as a whole."""

from collections.abc import Callable
from typing import Any

import pytest

from picking.models import Event, Job, Label, Micrograph, Project
from picking.queries.jobs import due
from picking.queries.micrographs.marks import label_counts, labelled_points, region_polygons
from picking.queries.picks.suggestions import suggestions
from tests.api.jobs.test_exports import ask, download, rows_of
from tests.api.marks.test_operations import put_label, put_region, put_verdict, send
from tests.people import People
from tests.trainings import make_picks, make_training


def change(people: People, micrograph: Micrograph, who: str = "member", **wanted: Any) -> Any:
    return people.client(who).patch(f"/api/v1/micrographs/{micrograph.pk}", wanted, format="json")


def put_picks(people: People, micrograph: Micrograph, *rows: tuple[float, float, float, float]) -> None:
    training = people.project.trainings.first() or make_training(people.project)
    people.project.current_training = training
    people.project.save(update_fields=["current_training"])
    make_picks(training, micrograph, rows)


def exported(people: People) -> list[tuple[float, float]]:
    """The places in the downloaded picks.csv."""
    return [(float(row["x"]), float(row["y"])) for row in rows_of(download(people, "csv"))]


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("member", 200), ("viewer", 403), ("outsider", 404), ("anonymous", 401)],
)
def test_owners_and_annotators_say_what_a_micrograph_is(
    people: People, micrograph: Micrograph, who: str, status: int
) -> None:
    answer = change(people, micrograph, who, excluded=True, flagged=True, note="cracked ice")
    micrograph.refresh_from_db()
    assert answer.status_code == status
    said = (micrograph.excluded, micrograph.flagged, micrograph.note)
    assert said == ((True, True, "cracked ice") if status == 200 else (False, False, ""))


def test_a_change_leaves_the_other_fields_and_tells_everyone(people: People, micrograph: Micrograph) -> None:
    change(people, micrograph, "manager", note="thin ice", particle_threshold=0.25)
    answer = change(people, micrograph, flagged=True).json()
    assert (answer["note"], answer["flagged"], answer["particle_threshold"]) == ("thin ice", True, 0.25)
    event = Event.objects.latest("pk")
    assert (event.data["type"], event.data["micrograph"], event.actor) == ("micrograph.changed", answer, people.member)


@pytest.mark.parametrize("wanted", [{"particle_threshold": 1.5}, {"excluded": "perhaps"}, {"note": "x" * 1001}])
def test_what_makes_no_sense_is_refused(people: People, micrograph: Micrograph, wanted: dict[str, Any]) -> None:
    assert change(people, micrograph, **wanted).status_code == 400


def test_an_archived_project_keeps_its_micrographs_as_they_are(people: People, micrograph: Micrograph) -> None:
    people.client("owner").patch(f"/api/v1/projects/{people.project.pk}", {"archived": True}, format="json")
    assert change(people, micrograph, excluded=True).status_code == 400


def test_own_thresholds_overrule_those_of_the_project_until_they_are_taken_back(
    people: People, micrograph: Micrograph
) -> None:
    put_picks(people, micrograph, (100, 100, 0.375, 0.0), (300, 300, 0.875, 0.0))
    assert len(exported(people)) == 1
    change(people, micrograph, "manager", particle_threshold=0.25)
    assert len(exported(people)) == 2
    change(people, micrograph, "manager", particle_threshold=None)
    assert len(exported(people)) == 1


def test_minimum_distance_and_border_margin_act_on_exports(people: People, micrograph: Micrograph) -> None:
    put_picks(people, micrograph, (100, 100, 0.75, 0), (130, 100, 0.625, 0), (9, 300, 0.75, 0))
    assert exported(people) == [(100, 100), (130, 100)]
    address = f"/api/v1/projects/{people.project.pk}"
    people.client("manager").patch(address, {"border_margin": 0}, format="json")
    assert len(exported(people)) == 3
    limits = {"minimum_distance": 1.0, "border_margin": 0.25}  # a particle is 40 px wide
    answer = people.client("manager").patch(address, limits, format="json").json()
    assert {key: answer[key] for key in limits} == limits
    assert exported(people) == [(100, 100)]


def test_a_micrograph_gets_thresholds_of_its_own_from_managers_alone(people: People, micrograph: Micrograph) -> None:
    assert change(people, micrograph, "member", flagged=True, particle_threshold=0.25).status_code == 403
    micrograph.refresh_from_db()
    assert (micrograph.flagged, micrograph.particle_threshold) == (False, None)


@pytest.mark.parametrize("who", ["member", "viewer", "outsider", "anonymous"])
def test_nobody_else_moves_the_limits(people: People, who: str) -> None:
    answer = people.client(who).patch(f"/api/v1/projects/{people.project.pk}", {"minimum_distance": 1}, format="json")
    assert answer.status_code in (401, 403, 404)
    people.project.refresh_from_db()
    assert people.project.minimum_distance == 0


def test_an_excluded_micrograph_teaches_nothing(people: People, micrograph: Micrograph) -> None:
    send(people, put_label(micrograph), put_verdict(micrograph), put_region(micrograph))
    assert label_counts(people.project) == {"particle": 1, "background": 1, "contamination": 0}
    change(people, micrograph, excluded=True)
    assert set(label_counts(people.project).values()) == {0}
    assert not any(labelled_points(people.project).values())
    assert region_polygons(people.project) == {}
    assert Label.objects.count() == 1


def test_an_excluded_micrograph_is_not_exported(people: People, micrograph: Micrograph) -> None:
    put_picks(people, micrograph, (100, 100, 0.875, 0.0))
    change(people, micrograph, excluded=True)
    assert exported(people) == []
    answer = ask(people, micrograph=micrograph.pk)
    assert (answer.status_code, "excluded" in answer.json()["detail"]) == (400, True)


def test_an_excluded_micrograph_is_picked_only_once_it_is_taken_in_again(
    people: People, micrograph: Micrograph, import_file: Callable[..., Job]
) -> None:
    other = Micrograph.objects.get(name=import_file("second.mrc").name.removesuffix(".mrc"))
    put_picks(people, other)
    change(people, micrograph, excluded=True)
    training = people.project.current_training
    assert training is not None
    assert list(due.left_to_pick(people.project, training.source)) == []
    before = Job.objects.filter(kind=Job.Kind.PICK).count()
    change(people, micrograph, excluded=False)
    assert list(due.left_to_pick(people.project, training.source)) == [micrograph]
    assert Job.objects.filter(kind=Job.Kind.PICK).count() == before + 1


def test_an_excluded_micrograph_is_not_suggested_to_be_labelled(people: People, micrograph: Micrograph) -> None:
    put_picks(people, micrograph, (100, 100, 0.5, 0.0), (300, 300, 0.5, 0.0))
    assert suggestions(people.project)
    change(people, micrograph, excluded=True)
    assert suggestions(people.project) == []


def test_a_note_may_say_anything(people: People, micrograph: Micrograph) -> None:
    assert change(people, micrograph, note="project").json()["note"] == "project"


def test_a_flag_asks_for_no_training_and_no_picking(people: People, micrograph: Micrograph) -> None:
    training = make_training(people.project)
    Project.objects.update(current_training=training)
    change(people, micrograph, flagged=True)
    assert Project.objects.get().untrained_since is None
    assert not Job.objects.filter(kind=Job.Kind.PICK).exists()
