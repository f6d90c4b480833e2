"""Label these next, over the API."""

from typing import Any

import pytest

from picking.actions.micrographs.ctf import set_ctf
from picking.models import Micrograph, PickSet, Project, Training
from picking.science.picks import as_picks
from picking.science.simulate import Simulation
from picking.science.suggest import spread
from tests.api.marks.test_operations import put_label, put_region, put_verdict, send
from tests.people import People
from tests.trainings import make_picks, make_training

ROWS = as_picks([(100, 100, 0.5, 0.1), (200, 100, 0.55, 0.1), (300, 100, 0.95, 0.1), (400, 100, 0.05, 0.1)])


def get(people: People, who: str = "member") -> Any:
    return people.client(who).get(f"/api/v1/projects/{people.project.pk}/suggestions")


def places(people: People) -> list[float]:
    """The x of each; picks of the fixture lie 2.5 diameters apart."""
    return sorted(place["x"] for place in get(people).json()["places"])


@pytest.fixture
def trained(people: People, micrograph: Micrograph) -> Training:
    """A training is the project's current one."""
    training = make_training(people.project)
    Project.objects.update(current_training=training)
    return training


@pytest.fixture
def picked(micrograph: Micrograph, trained: Training) -> PickSet:
    return make_picks(trained, micrograph, ROWS)


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 200), ("member", 200), ("viewer", 403), ("outsider", 404), ("anonymous", 401)]
)
def test_those_who_label_are_told_where(people: People, picked: PickSet, who: str, status: int) -> None:
    assert get(people, who).status_code == status


def test_a_place_says_where_it_is_and_what_is_asked(people: People, picked: PickSet) -> None:
    first, *_ = get(people).json()["places"]
    assert first == {"micrograph": picked.micrograph_id, "x": 100.0, "y": 100.0, "question": "background"}


@pytest.mark.parametrize(
    "mark",
    [
        lambda micrograph: put_label(micrograph, x=110.0, y=100.0),
        lambda micrograph: put_verdict(micrograph, x=110.0, y=100.0),
        lambda micrograph: put_region(micrograph, polygon=[[50, 50], [150, 50], [150, 150], [50, 150]]),
    ],
    ids=["label", "verdict", "region"],
)
def test_places_that_carry_a_mark_are_not_asked_about(people: People, picked: PickSet, mark: Any) -> None:
    assert places(people) == [100.0, 200.0, 300.0]
    send(people, mark(picked.micrograph))
    assert places(people) == [200.0, 300.0]


def test_the_thresholds_in_force_decide_what_is_doubtful(people: People, picked: PickSet) -> None:
    Project.objects.update(particle_threshold=0.1)
    assert 400.0 in places(people)


def test_thresholds_of_the_micrograph_itself_come_before_the_projects(people: People, picked: PickSet) -> None:
    Micrograph.objects.update(particle_threshold=0.1)
    assert 400.0 in places(people)


def test_particles_that_the_border_cuts_are_not_asked_about(people: People, picked: PickSet) -> None:
    Project.objects.update(border_margin=2.6)  # a particle is 40 pixels wide
    assert places(people) == []


def test_micrographs_take_turns_along_their_defocus(people: People, picked: PickSet, trained: Training) -> None:
    set_ctf(picked.micrograph, Simulation(defocus=12_000).ctf)
    order = {picked.micrograph_id: 12_000.0}
    for name, defocus in (("a", 16_000.0), ("b", 10_000.0), ("c", 14_000.0), ("d", None)):
        other = Micrograph.objects.create(project=people.project, name=name, width=500, height=500)
        make_picks(trained, other, ROWS)
        order[other.pk] = defocus or 1e9
        if defocus:
            set_ctf(other, Simulation(defocus=defocus).ctf)
    asked = dict.fromkeys(place["micrograph"] for place in get(people).json()["places"])
    assert list(asked) == spread(sorted(order, key=order.__getitem__), ())


def test_before_the_first_training_people_are_told_to_train(people: People, micrograph: Micrograph) -> None:
    answer = get(people)
    assert (answer.status_code, "Train first" in answer.json()["detail"]) == (409, True)


def test_before_the_first_picks_people_are_told_to_wait(people: People, trained: Training) -> None:
    answer = get(people)
    assert (answer.status_code, "in a moment" in answer.json()["detail"]) == (409, True)


def test_an_archived_project_asks_for_nothing(people: People, picked: PickSet) -> None:
    people.client("owner").patch(f"/api/v1/projects/{people.project.pk}", {"archived": True}, format="json")
    assert get(people).status_code == 400


def test_nothing_is_suggested_where_the_pixel_size_is_unknown(people: People, picked: PickSet) -> None:
    Project.objects.update(pixel_size=None)
    assert picked.micrograph.header_pixel_size is None
    assert places(people) == []
