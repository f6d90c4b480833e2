"""What the networks learn from sources that teach."""

from collections.abc import Callable
from typing import Any

import pytest

from picking.actions.marks.sources import SourceChange, change_source
from picking.models import Job, Micrograph, Project, Source
from picking.queries.micrographs.marks import examples, label_counts
from picking.queries.micrographs.teaching import taught_points
from picking.queries.picks.suggestions import suggestions
from tests.api.marks.test_operations import put_label, put_region, put_verdict, send
from tests.api.micrographs.test_micrographs import change
from tests.people import People
from tests.sources import make_import
from tests.trainings import make_picks, make_training

ROWS = [(100, 100, 0.25, 0), (300, 300, 0.75, 0), (500, 100, 0.5, 0)]
"""Far apart: a particle is 40 pixels."""


@pytest.fixture
def source(people: People, micrograph: Micrograph) -> Source:
    return change_source(make_import(micrograph, ROWS), people.member, SourceChange(teaches=True))


def taught(people: People) -> list[float]:
    """The x of each."""
    return sorted(float(x) for points in taught_points(people.project).values() for x, _ in points)


def test_all_picks_teach_at_first(people: People, source: Source) -> None:
    assert taught(people) == [100.0, 300.0, 500.0]


def test_picks_that_reach_the_threshold_teach(people: People, source: Source) -> None:
    change_source(source, people.member, SourceChange(threshold=0.5))
    assert taught(people) == [300.0, 500.0]


def test_a_source_that_does_not_teach_adds_nothing(people: People, source: Source) -> None:
    change_source(source, people.member, SourceChange(teaches=False))
    assert taught(people) == []


@pytest.mark.parametrize(
    "mark",
    [
        lambda m: put_verdict(m, x=310, y=300),
        lambda m: put_label(m, kind="background", x=300, y=310),
        lambda m: put_label(m, kind="contamination", x=300, y=300),
        lambda m: put_region(m, polygon=[[250, 250], [350, 250], [350, 350], [250, 350]]),
    ],
)
def test_picks_that_people_contradict_do_not_teach(
    people: People, micrograph: Micrograph, source: Source, mark: Callable[[Micrograph], dict[str, Any]]
) -> None:
    send(people, mark(micrograph))
    assert taught(people) == [100.0, 500.0]


def test_an_accepted_pick_teaches_still(people: People, micrograph: Micrograph, source: Source) -> None:
    send(people, put_verdict(micrograph, kind="accept", x=300, y=300))
    assert 300.0 in taught(people)


def test_an_excluded_micrograph_teaches_nothing(people: People, micrograph: Micrograph, source: Source) -> None:
    change(people, micrograph, excluded=True)
    assert taught(people) == []


def test_taught_picks_come_behind_peoples_own_particles(people: People, micrograph: Micrograph, source: Source) -> None:
    send(people, put_label(micrograph, x=450, y=450))
    assert examples(people.project)["particle"][micrograph.pk][:, 0].tolist() == [450.0, 100.0, 300.0, 500.0]


def test_taught_picks_count_as_particle_labels_of_a_training(
    people: People, micrograph: Micrograph, source: Source
) -> None:
    rows = [(40 * i, 600, 1, 0) for i in range(5)]
    change_source(make_import(micrograph, rows, name="more"), people.member, SourceChange(teaches=True))
    send(people, *[put_label(micrograph, kind="background", x=40 * i, y=200) for i in range(5)])
    assert label_counts(people.project)["particle"] == 8
    answer = people.client("owner").post(f"/api/v1/projects/{people.project.pk}/trainings")
    assert (answer.status_code, Job.objects.filter(kind=Job.Kind.TRAIN).exists()) == (201, True)


def test_a_taught_place_may_still_be_asked_about(people: People, micrograph: Micrograph, source: Source) -> None:
    training = make_training(people.project)
    Project.objects.update(current_training=training)
    make_picks(training, micrograph, [(300, 300, 0.5, 0.0)])
    assert suggestions(Project.objects.get())
