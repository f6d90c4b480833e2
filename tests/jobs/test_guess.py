"""The first guess by the real jobs, on discs that the shipped networks find."""

import json
from collections.abc import Callable

import numpy as np
import pytest

from picking import storage
from picking.actions.jobs.first_guess import guess_where_due
from picking.actions.jobs.trainings import start_training
from picking.actions.micrographs.micrographs import MicrographChange, change_micrograph
from picking.actions.projects.projects import ProjectChange, change_project
from picking.jobs.tasks import run_job
from picking.models import Event, Job, Micrograph, PickSet, Project, Source
from picking.queries.micrographs.final_picks import final_picks
from picking.queries.micrographs.micrographs import included, micrograph_wire
from picking.queries.past.timeline import timeline
from picking.science.evaluate import agreement
from picking.science.picks import NEAR
from picking.science.simulate import SimulatedMicrograph, Simulation, simulate_micrograph
from tests.api.jobs.test_exports import download
from tests.conftest import noisy_discs
from tests.jobs.conftest import label
from tests.jobs.test_train_and_pick import run_all
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)  # the lease is renewed from another thread
GUESS = Source.Kind.FIRST_GUESS
SMALL = Simulation(width=1024, height=1024, pixel_size=3.0, particles=60, ice_crystals=2)
ImportSimulated = Callable[..., SimulatedMicrograph]


@pytest.fixture
def guessing(people: People) -> Project:
    """The people's project, which begins with a first guess."""
    Project.objects.update(first_guess=True)
    people.project.refresh_from_db()
    return people.project


@pytest.fixture
def import_simulated(guessing: Project, import_file: Callable[..., Job]) -> ImportSimulated:
    """Imports a micrograph with particles as the shipped networks know them, or its negative."""

    def run(sign: int = 1) -> SimulatedMicrograph:
        Project.objects.update(pixel_size=SMALL.pixel_size, particle_diameter=SMALL.diameter)
        guessing.refresh_from_db()
        simulated = simulate_micrograph(SMALL, seed=3)
        import_file("simulated.mrc", sign * simulated.pixels)
        return simulated

    return run


def guess_of(project: Project) -> Source:
    return project.sources.get(kind=GUESS)


@pytest.mark.parametrize("sign", [1, -1], ids=["dark", "bright"])
def test_particles_are_found_before_any_label(guessing: Project, import_simulated: ImportSimulated, sign: int) -> None:
    truth = import_simulated(sign).particles
    run_all()
    (found,) = final_picks(guessing, included(guessing))
    assert agreement(truth, found.picks.xy, SMALL.diameter / SMALL.pixel_size).recall > 0.6
    assert found.training == "first guess"
    assert micrograph_wire(found.micrograph)["picks"] is not None


def test_a_particle_that_the_border_cuts_counts_once_the_margin_lets_it(
    guessing: Project, import_file: Callable[..., Job]
) -> None:
    Project.objects.update(pixel_size=SMALL.pixel_size, particle_diameter=SMALL.diameter)
    simulated, diameter = simulate_micrograph(SMALL, seed=3), SMALL.diameter / SMALL.pixel_size
    middle = np.array([SMALL.width, SMALL.height]) / 2
    cut = simulated.particles[np.hypot(*(simulated.particles - middle).T).argmin()]
    import_file("cut.mrc", simulated.pixels[:, : int(cut[0] + 0.35 * diameter)])
    run_all()
    found = {}
    for margin in (0.5, 0.25):
        Project.objects.update(border_margin=margin)
        (shown,) = final_picks(Project.objects.get(), included(guessing))
        found[margin] = bool((np.hypot(*(shown.picks.xy - cut).T) < NEAR * diameter).any())
    assert found == {0.5: False, 0.25: True}


def test_a_first_guess_leaves_a_score_map(guessing: Project, micrograph: Micrograph) -> None:
    run_all()
    assert storage.score_map_path(guessing.pk, micrograph.key, 0, "particle").is_file()


def test_what_comes_later_is_guessed_as_well(guessing: Project, import_file: Callable[..., Job]) -> None:
    import_file("first.mrc")
    run_all()
    import_file("second.mrc", noisy_discs(seed=1))
    run_all()
    assert PickSet.objects.filter(source=guess_of(guessing)).count() == 2


def test_once_five_micrographs_were_seen_later_ones_change_nothing_of_it(
    guessing: Project, import_file: Callable[..., Job]
) -> None:
    for number in range(5):
        import_file(f"mic_{number}.mrc", noisy_discs(seed=number))
    run_all()
    before = guess_of(guessing)
    assert before.how["micrographs"] == 5
    import_file("mic_5.mrc", noisy_discs(seed=5))
    run_all()
    after = guess_of(guessing)
    assert (after.pk, after.pick_sets.count()) == (before.pk, 6)


def test_how_good_a_guess_must_be_expected_to_be_is_kept_with_it(
    guessing: Project, import_simulated: ImportSimulated
) -> None:
    import_simulated()
    run_all()
    assert guess_of(guessing).how["expected_f1"] > 0.8


def test_a_micrograph_of_unknown_pixel_size_waits_for_it(
    people: People, guessing: Project, import_file: Callable[..., Job]
) -> None:
    Project.objects.update(pixel_size=None)
    import_file("first.mrc")
    assert not Job.objects.filter(kind=Job.Kind.GUESS).exists()
    change_project(guessing.pk, people.owner, ProjectChange(pixel_size=4.0))
    run_all()
    assert guess_of(guessing).pick_sets.count() == 1


def test_another_diameter_is_another_guess(people: People, guessing: Project, micrograph: Micrograph) -> None:
    run_all()
    before = guess_of(guessing)
    change_project(guessing.pk, people.owner, ProjectChange(particle_diameter=200.0))
    assert not PickSet.objects.exists()
    run_all()
    assert guess_of(guessing).how["particle_diameter"] == 200.0 != before.how["particle_diameter"]
    assert Event.objects.get(type="source.removed").data["id"] == before.pk


def test_another_name_keeps_the_guess(people: People, guessing: Project, micrograph: Micrograph) -> None:
    run_all()
    before = guess_of(guessing)
    change_project(guessing.pk, people.owner, ProjectChange(name="Other", particle_diameter=160.0))
    run_all()
    assert guess_of(guessing).pk == before.pk


def test_switched_off_there_is_none(people: People, guessing: Project, micrograph: Micrograph) -> None:
    run_all()
    change_project(guessing.pk, people.owner, ProjectChange(first_guess=False))
    run_all()
    assert not PickSet.objects.exists()
    change_project(guessing.pk, people.owner, ProjectChange(first_guess=True))
    run_all()
    assert PickSet.objects.count() == 1


def test_a_project_that_has_it_switched_off_gets_none(people: People, micrograph: Micrograph) -> None:
    assert not people.project.jobs.filter(kind=Job.Kind.GUESS).exists()


def test_the_first_training_replaces_the_guess_and_keeps_it_to_compare(
    people: People, guessing: Project, micrograph: Micrograph
) -> None:
    run_all()
    label(people, micrograph)
    start_training(guessing.pk, people.owner)
    run_all()
    guessing.refresh_from_db()
    training = guessing.current_training
    assert training is not None
    assert micrograph_wire(Micrograph.objects.get())["picks"] == {
        "source": training.source.pk,
        "count": training.source.pick_sets.get().count,
    }
    assert guess_of(guessing).pick_sets.count() == 1


def test_a_trained_project_is_guessed_no_more(
    people: People, guessing: Project, micrograph: Micrograph, import_file: Callable[..., Job]
) -> None:
    label(people, micrograph)
    start_training(guessing.pk, people.owner)
    run_all()
    import_file("second.mrc", noisy_discs(seed=1))
    change_project(guessing.pk, people.owner, ProjectChange(particle_diameter=200.0))
    run_all()
    assert not PickSet.objects.filter(source__kind=GUESS, micrograph__name="second").exists()


def test_a_training_that_waits_goes_first(
    people: People, guessing: Project, micrograph: Micrograph, import_file: Callable[..., Job]
) -> None:
    import_file("second.mrc", noisy_discs(seed=1))
    label(people, micrograph)
    start_training(guessing.pk, people.owner)
    guess = Job.objects.get(kind=Job.Kind.GUESS)
    run_job(guess.pk)
    guess.refresh_from_db()
    assert guess.status == Job.Status.CANCELLED
    order = list(Job.objects.filter(status=Job.Status.QUEUED).order_by("pk").values_list("kind", flat=True))
    assert order == [Job.Kind.TRAIN, Job.Kind.GUESS]
    assert PickSet.objects.count() <= 1


def test_what_was_there_before_there_were_guesses_is_guessed_once(people: People, micrograph: Micrograph) -> None:
    Project.objects.update(first_guess=True)
    assert (guess_where_due(), guess_where_due()) == (1, 0)
    run_all()
    assert guess_where_due() == 0


def test_an_included_micrograph_is_guessed(people: People, guessing: Project, micrograph: Micrograph) -> None:
    change_micrograph(micrograph, people.owner, MicrographChange(excluded=True))
    run_all()
    assert not PickSet.objects.exists()
    change_micrograph(micrograph, people.owner, MicrographChange(excluded=False))
    run_all()
    assert PickSet.objects.count() == 1


def test_a_size_that_does_not_suit_the_pixels_is_said_once(
    people: People, guessing: Project, import_file: Callable[..., Job]
) -> None:
    Project.objects.update(particle_diameter=5000.0)
    for name in ("first.mrc", "second.mrc"):
        import_file(name)
        run_all()
    failed = Job.objects.filter(kind=Job.Kind.GUESS, status=Job.Status.FAILED)
    assert failed.exists()
    assert failed.filter(dismissed=False).count() <= 1


def test_the_manifest_and_the_provenance_say_that_it_is_a_guess(
    people: People, guessing: Project, import_simulated: ImportSimulated
) -> None:
    import_simulated()
    run_all()
    archive = download(people, "csv", provenance=True)
    manifest = json.loads(archive.read("cryoweb_manifest.json"))
    assert (manifest["first_guess"], manifest["training"]) == (True, None)
    lines = archive.read("provenance.csv").decode().splitlines()
    assert len(lines) > 10
    assert {(line.split(",")[3], line.split(",")[6]) for line in lines[1:]} == {("guess", "")}


def test_places_where_a_label_would_teach_are_known_from_it(
    people: People, guessing: Project, micrograph: Micrograph
) -> None:
    run_all()
    answer = people.client("member").get(f"/api/v1/projects/{guessing.pk}/suggestions")
    assert answer.status_code == 200


def test_the_timeline_tells_of_it_and_the_history_does_not(
    people: People, guessing: Project, micrograph: Micrograph
) -> None:
    run_all()
    guessing.refresh_from_db()
    assert "First guess" in [tick["name"] for tick in timeline(guessing, people.owner.pk)["ticks"]]
    entries = people.client("owner").get(f"/api/v1/projects/{guessing.pk}/history").json()["results"]
    assert "source.added" not in [entry["type"] for entry in entries]
