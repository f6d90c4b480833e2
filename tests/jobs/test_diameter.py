"""The diameter that micrographs suggest, by the real job; what the scan itself finds is tested in science."""

from collections.abc import Callable

import numpy as np
import pytest

from picking.actions.jobs.diameter import start_scan
from picking.actions.jobs.trainings import start_training
from picking.actions.projects.projects import ProjectChange, change_project
from picking.jobs.tasks import run_job
from picking.models import Event, Job, Micrograph, Project, SuggestedDiameter
from picking.refusals import Conflict, Refused
from picking.science.diameter import Suggestion, Unsuitable
from tests.conftest import noisy_discs
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)  # the lease is renewed from another thread


@pytest.fixture
def unknown(people: People) -> Project:
    """A project whose diameter nobody has set."""
    Project.objects.filter(pk=people.project.pk).update(particle_diameter=None)
    people.project.refresh_from_db()
    return people.project


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many micrographs each scan is given; it finds 148 Å, and is the surer the more there are."""
    seen: list[int] = []

    def scan(micrographs: list[tuple[object, float]]) -> Suggestion:
        seen.append(len(micrographs))
        sure = 0.4 + 0.2 * len(micrographs)
        places = [np.array([[10.04, 20.0]])] * len(micrographs)
        return Suggestion(np.array([135.0, 148.5]), np.array([0.2, 0.8]), 0.0, 148.4, sure, True, places)

    monkeypatch.setattr("picking.jobs.diameter.suggest_diameter", scan)
    return seen


def run_scans() -> None:
    while job := Job.objects.filter(kind=Job.Kind.DIAMETER, status=Job.Status.QUEUED).first():
        run_job(job.pk)
        job.refresh_from_db()
        assert job.status == Job.Status.FINISHED, job.error


def waiting() -> int:
    return Job.objects.filter(kind=Job.Kind.DIAMETER, status=Job.Status.QUEUED).count()


Import = Callable[..., Job]


def test_the_first_import_has_the_micrographs_looked_at(
    unknown: Project, import_file: Import, scanned: list[int]
) -> None:
    import_file("a.mrc", noisy_discs())
    assert waiting() == 1
    run_scans()
    found = SuggestedDiameter.objects.get(project=unknown)
    assert (found.diameter, found.certainty, found.sure, found.micrographs) == (148, 0.6, True, 1)
    assert found.places == {str(Micrograph.objects.get().pk): [[10.0, 20.0]]}
    assert found.curve == [[135.0, 0.2], [148.5, 0.8]]


def test_no_more_than_three_are_looked_at_and_then_no_more(
    unknown: Project, import_file: Import, scanned: list[int]
) -> None:
    for number in range(5):
        import_file(f"{number}.mrc", noisy_discs(seed=number))
        run_scans()
    assert scanned == [1, 2, 3]


def test_imports_during_a_scan_are_looked_at_after_it(
    unknown: Project, import_file: Import, scanned: list[int]
) -> None:
    import_file("a.mrc", noisy_discs())
    job = Job.objects.get(kind=Job.Kind.DIAMETER)
    Job.objects.filter(pk=job.pk).update(status=Job.Status.RUNNING)
    import_file("b.mrc", noisy_discs(seed=1))
    assert waiting() == 0
    Job.objects.filter(pk=job.pk).update(status=Job.Status.QUEUED)
    Micrograph.objects.filter(name="b").update(excluded=True)
    run_job(job.pk)
    assert waiting() == 0
    Micrograph.objects.filter(name="b").update(excluded=False)
    import_file("c.mrc", noisy_discs(seed=2))
    run_scans()
    assert scanned == [1, 3]


def test_a_sure_diameter_is_taken_until_a_person_sets_one(
    unknown: Project, people: People, import_file: Import, scanned: list[int]
) -> None:
    import_file("a.mrc", noisy_discs())
    run_scans()
    unknown.refresh_from_db()
    assert (unknown.particle_diameter, unknown.diameter_provisional) == (148, True)
    told = Event.objects.filter(data__type="project.changed").last()
    assert told is not None and told.data["project"]["particle_diameter"] == 148
    change_project(unknown.pk, people.owner, ProjectChange(particle_diameter=200))
    unknown.refresh_from_db()
    assert (unknown.particle_diameter, unknown.diameter_provisional) == (200, False)


def test_what_a_person_set_can_be_taken_back_for_what_is_suggested(
    unknown: Project, people: People, import_file: Import, scanned: list[int]
) -> None:
    taken_back = ProjectChange(particle_diameter="suggested")
    change_project(unknown.pk, people.owner, ProjectChange(particle_diameter=200))
    change_project(unknown.pk, people.owner, taken_back)
    unknown.refresh_from_db()
    assert not unknown.particle_diameter
    import_file("a.mrc", noisy_discs())
    run_scans()
    change_project(unknown.pk, people.owner, ProjectChange(particle_diameter=200))
    change_project(unknown.pk, people.owner, taken_back)
    unknown.refresh_from_db()
    assert (unknown.particle_diameter, unknown.diameter_provisional) == (148, True)


def test_what_a_person_set_stays(people: People, import_file: Import, scanned: list[int]) -> None:
    import_file("a.mrc", noisy_discs())
    assert waiting() == 0
    start_scan(people.project.pk, people.owner)
    run_scans()
    people.project.refresh_from_db()
    assert people.project.particle_diameter == 160
    assert SuggestedDiameter.objects.get().diameter == 148


def test_an_unsure_diameter_is_kept_and_told_but_not_taken(
    unknown: Project, import_file: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsure = Suggestion(np.array([100.0]), np.array([0.3]), 0.7, 100.0, 0.3, True, [np.zeros((0, 2))])
    monkeypatch.setattr("picking.jobs.diameter.suggest_diameter", lambda micrographs: unsure)
    import_file("a.mrc", noisy_discs())
    run_scans()
    unknown.refresh_from_db()
    assert unknown.particle_diameter is None
    told = Event.objects.get(data__type="diameter.suggested").data["suggested"]
    assert (told["diameter"], told["sure"]) == (100, False)


def test_the_reason_is_kept_where_there_is_nothing_to_tell_it_from(
    unknown: Project, import_file: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(micrographs: object) -> Suggestion:
        raise Unsuitable("The micrographs are empty: all their pixels have one value.")

    monkeypatch.setattr("picking.jobs.diameter.suggest_diameter", refuse)
    import_file("a.mrc", noisy_discs())
    run_scans()
    found = SuggestedDiameter.objects.get(project=unknown)
    assert found.diameter is None
    assert found.reason.startswith("The micrographs are empty")


def test_without_a_pixel_size_nothing_is_looked_at_until_somebody_sets_it(
    unknown: Project, people: People, import_file: Import, scanned: list[int]
) -> None:
    Project.objects.filter(pk=unknown.pk).update(pixel_size=None)
    import_file("a.mrc", noisy_discs())
    with pytest.raises(Refused, match="pixel size"):
        start_scan(unknown.pk, people.owner)
    assert waiting() == 0
    change_project(unknown.pk, people.owner, ProjectChange(pixel_size=4.0))
    assert waiting() == 1


def test_two_scans_at_a_time_are_refused(people: People, import_file: Import) -> None:
    import_file("a.mrc", noisy_discs())
    start_scan(people.project.pk, people.owner)
    with pytest.raises(Conflict):
        start_scan(people.project.pk, people.owner)


def test_training_says_that_the_diameter_is_missing(unknown: Project, people: People, labelled: Micrograph) -> None:
    with pytest.raises(Refused, match="particle diameter is not known"):
        start_training(unknown.pk, people.owner)
