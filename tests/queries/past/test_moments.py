from picking.actions.jobs.trainings import make_current
from picking.actions.locked_project import locked_project
from picking.actions.micrographs.micrographs import MicrographChange, change_micrograph
from picking.actions.projects.projects import ProjectChange, change_project
from picking.events import PicksAdded, append
from picking.models import Event, Micrograph, PickSet, Training
from picking.queries.past.moments import moment_of, settings_at
from picking.wire import PastWire
from tests.api.jobs.test_exports import add_micrographs
from tests.changes import label, later, now
from tests.people import People
from tests.trainings import make_training


def moment(people: People, micrograph: Micrograph, sequence: int) -> PastWire:
    people.project.refresh_from_db()
    return moment_of(people.project, micrograph, sequence, people.viewer.pk)


def test_settings_are_those_of_then(people: People) -> None:
    before = now(people)
    change_project(people.project.pk, people.owner, ProjectChange(particle_threshold=0.8, border_margin=1.0))
    after = now(people)
    change_project(people.project.pk, people.owner, ProjectChange(particle_threshold=0.1))
    values = [settings_at(people.project, each)["particle_threshold"] for each in (before, after, now(people))]
    assert values == [0.5, 0.8, 0.1]
    assert settings_at(people.project, before)["border_margin"] == 0.5


def test_a_project_that_was_never_changed_is_as_it_is(people: People) -> None:
    assert settings_at(people.project, now(people))["particle_diameter"] == 160


def test_a_setting_that_older_events_do_not_know_is_as_in_new_projects(people: People) -> None:
    change_project(people.project.pk, people.owner, ProjectChange(border_margin=1.0))
    event = people.project.events.get(type="project.changed")
    del event.data["project"]["border_margin"]
    event.save()
    assert settings_at(people.project, now(people))["border_margin"] == 0.5


def test_what_was_said_of_a_micrograph_is_that_of_then(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    change_micrograph(row, people.member, MicrographChange(particle_threshold=0.3))
    before = now(people)
    change_micrograph(row, people.member, MicrographChange(particle_threshold="project", excluded=True))
    told = moment(people, row, before)["micrograph"]
    assert told and (told["particle_threshold"], told["excluded"]) == (0.3, False)


def pick(people: People, micrograph: Micrograph, training: Training) -> None:
    with locked_project(people.project.pk) as project:
        PickSet.objects.create(micrograph=micrograph, source=training.source, count=0, rows=b"")
        append(project, PicksAdded(micrograph=micrograph.pk, source=training.source.pk, count=0))


def test_picks_are_those_of_the_training_that_was_current(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    first, second = make_training(people.project, 1), make_training(people.project, 2)
    unpicked = now(people)
    pick(people, row, first)
    make_current(people.project.pk, people.owner, first.pk)
    of_first = now(people)
    pick(people, row, second)
    make_current(people.project.pk, people.owner, second.pk)
    sources = [moment(people, row, each)["source"] for each in (unpicked, of_first, now(people))]
    assert sources == [None, first.source.pk, second.source.pk]
    first.source.pick_sets.all().delete()
    assert not moment(people, row, of_first)["source_kept"]
    assert moment(people, row, unpicked)["source_kept"]


def test_the_states_beside_a_moment_are_those_of_whole_changes_on_this_micrograph(people: People) -> None:
    row, other = add_micrographs(people, "mic_1", "mic_2")
    start = now(people)
    label(people, row, people.member, 1.0)
    label(people, row, people.member, 2.0)  # at once: one change
    first = now(people)
    label(people, other, people.member)
    second_at = now(people)
    label(people, row, people.owner, 3.0)
    later(people.project, second_at, minutes=1)
    last = now(people)
    beside = [(each["previous"], each["following"]) for each in (moment(people, row, n) for n in (last, first, start))]
    assert beside == [(first, None), (start, last), (None, first)]


def test_a_moment_says_when_it_was(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    label(people, row, people.member)
    event = Event.objects.get(type="label.put")
    found = moment(people, row, now(people) + 9)
    assert (found["sequence"], found["at"]) == (event.sequence, event.created_at.isoformat())
    assert moment(people, row, 0)["at"] is None
