"""Which picks averages are made of."""

from uuid import uuid4

import pytest

from picking.actions.jobs.averages import WantedPicks, start_averages
from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import PutLabel, PutVerdict
from picking.models import Averages, Micrograph, Project
from picking.queries.jobs.averages import chosen_picks, shown_source
from tests.people import People
from tests.trainings import make_picks, make_training

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(people: People) -> list[Micrograph]:
    """Three micrographs of ten picks each; every second is doubtful."""
    size = {"width": 2000, "height": 200}
    made = [
        Micrograph.objects.create(project=people.project, name=name, file_name=f"{name}.mrc", **size)
        for name in ("mic_1", "mic_2", "mic_3")
    ]
    training = make_training(people.project)
    Project.objects.filter(pk=people.project.pk).update(current_training=training, particle_threshold=0.3)
    for each in made:
        make_picks(training, each, [(100 + 150 * i, 100, 0.9 - 0.4 * (i % 2), 0.05 + 0.1 * (i % 2)) for i in range(10)])
    return made


def averages(people: People, **wanted: object) -> Averages:
    return start_averages(people.project.pk, people.member, WantedPicks(**wanted))  # type: ignore[arg-type]


def counted(row: Averages) -> dict[str, int]:
    return {micrograph.name: len(picks) for micrograph, picks in chosen_picks(row).micrographs}


def test_all_picks_that_count_are_sorted(people: People, rows: list[Micrograph]) -> None:
    assert counted(averages(people)) == {"mic_1": 10, "mic_2": 10, "mic_3": 10}


def test_they_can_be_of_some_micrographs_and_between_scores(people: People, rows: list[Micrograph]) -> None:
    row = averages(people, micrographs=[rows[0].pk, rows[1].pk], least_particle=0.6, most_contamination=0.1)
    assert counted(row) == {"mic_1": 5, "mic_2": 5}


def test_excluded_and_blind_micrographs_take_no_part(people: People, rows: list[Micrograph]) -> None:
    Micrograph.objects.filter(name="mic_1").update(excluded=True)
    Micrograph.objects.filter(name="mic_2").update(blind=True)
    assert counted(averages(people)) == {"mic_3": 10}


def test_what_people_rejected_or_labelled_themselves_is_left_out(people: People, rows: list[Micrograph]) -> None:
    judged = [
        PutVerdict(uuid4(), uuid4(), rows[0].pk, "reject", 100, 100),
        PutVerdict(uuid4(), uuid4(), rows[0].pk, "accept", 250, 100),
        PutLabel(uuid4(), uuid4(), rows[0].pk, "particle", 400, 100),
    ]
    apply_operations(people.project.pk, people.member, judged)
    assert counted(averages(people, micrographs=[rows[0].pk])) == {"mic_1": 8}


def test_of_too_many_a_random_part_is_taken_by_micrographs(
    people: People, rows: list[Micrograph], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("picking.queries.jobs.averages.MOST", 15)
    row = averages(people)
    some = counted(row)
    assert sorted(some.values()) == [5, 10]
    assert counted(row) == some
    assert chosen_picks(row).of == 30


def test_picks_of_a_later_training_are_not_among_those_of_an_earlier(people: People, rows: list[Micrograph]) -> None:
    row = averages(people)
    training = make_training(people.project, 2)
    make_picks(training, rows[0], [(100, 100, 0.9, 0.1)])
    Project.objects.filter(pk=people.project.pk).update(current_training=training)
    row.refresh_from_db()
    assert counted(row) == {"mic_2": 10, "mic_3": 10}
    people.project.refresh_from_db()
    assert shown_source(people.project) == training.source
