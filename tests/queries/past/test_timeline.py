from picking.actions.jobs.trainings import make_current
from picking.actions.locked_project import locked_project
from picking.actions.micrographs.deleted_micrographs import delete_micrographs, restore_micrographs
from picking.events import MicrographAdded, append
from picking.queries.micrographs.micrographs import micrograph_wire
from picking.queries.past.timeline import MOMENTS, timeline
from tests.api.jobs.test_exports import add_micrographs
from tests.changes import label, now
from tests.people import People
from tests.trainings import make_training


def test_moments_are_few_and_reach_from_the_first_event_to_the_last(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    first = people.project.events.first()
    for _ in range(MOMENTS + 20):
        label(people, row, people.member)
    last = now(people)
    moments = [each["sequence"] for each in timeline(people.project, None)["moments"]]
    assert first and (moments[0], moments[-1], len(moments)) == (first.sequence, last, MOMENTS)


def test_trainings_are_ticks_and_micrographs_that_came_together_are_one(people: People) -> None:
    rows = add_micrographs(people, "mic_1", "mic_2")
    make_current(people.project.pk, people.owner, make_training(people.project, 2).pk)
    with locked_project(people.project.pk) as project:
        for row in rows:
            append(project, MicrographAdded(micrograph=micrograph_wire(row)))
    people.project.refresh_from_db()
    ticks = [(each["type"], each["name"], each["count"]) for each in timeline(people.project, None)["ticks"]]
    assert ticks == [("training.made_current", "Training 2 again", 1), ("micrograph.added", "", 2)]


def test_a_restored_micrograph_is_no_import(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    delete_micrographs(people.project.pk, people.owner, [row.pk])
    restore_micrographs(people.project.pk, people.owner, [row.pk])
    people.project.refresh_from_db()
    assert timeline(people.project, None)["ticks"] == []
