"""Which of a micrograph's pick sets people see."""

import pytest

from picking.models import Micrograph, PickSet, Source, Training
from picking.queries.micrographs.pick_sets import latest_pick_sets
from picking.queries.projects.project_list import listed_projects, project_list
from tests.people import People
from tests.sources import make_import
from tests.trainings import make_picks, make_training

ROWS = [(100, 100, 0.9, 0.1)]


def guess_on(micrograph: Micrograph) -> PickSet:
    source = Source.objects.create(project=micrograph.project, kind=Source.Kind.FIRST_GUESS, name="First guess")
    return PickSet.objects.create(micrograph=micrograph, source=source, count=0, rows=b"")


def make_current(training: Training) -> None:
    training.project.current_training = training
    training.project.save(update_fields=["current_training"])


def shown(people: People) -> PickSet:
    people.project.refresh_from_db()
    return latest_pick_sets(people.project).get()


def listed(people: People) -> int:
    return project_list(people.owner, list(listed_projects(people.owner)))[0]["picks"]


def test_the_current_trainings_picks_win_over_those_of_a_later_one(people: People, micrograph: Micrograph) -> None:
    first, second = make_training(people.project), make_training(people.project, 2)
    kept = make_picks(first, micrograph, ROWS)
    make_picks(second, micrograph, ROWS * 2)
    make_current(first)
    assert shown(people) == kept
    assert listed(people) == 1


def test_until_the_current_training_has_picked_the_last_one_before_counts(
    people: People, micrograph: Micrograph
) -> None:
    guess_on(micrograph)
    first, second, third = (make_training(people.project, version) for version in (1, 2, 3))
    make_picks(first, micrograph, ROWS)
    before = make_picks(second, micrograph, ROWS * 3)
    make_current(third)
    assert shown(people) == before
    assert listed(people) == 3


@pytest.mark.parametrize("trained", [False, True])
def test_the_first_guess_counts_until_a_training_has_picked(
    people: People, micrograph: Micrograph, trained: bool
) -> None:
    guess = guess_on(micrograph)
    if trained:
        make_current(make_training(people.project))
    make_import(micrograph, ROWS)
    assert shown(people) == guess


def test_each_micrograph_shows_its_own_latest_picks(people: People, micrograph: Micrograph) -> None:
    size = {"width": 640, "height": 640}
    other = Micrograph.objects.create(project=people.project, name="other", file_name="other.mrc", **size)
    first, second = make_training(people.project), make_training(people.project, 2)
    make_current(second)
    old, new = make_picks(first, other, ROWS), make_picks(second, micrograph, ROWS)
    make_picks(first, micrograph, ROWS)
    people.project.refresh_from_db()
    assert {*latest_pick_sets(people.project)} == {old, new}
