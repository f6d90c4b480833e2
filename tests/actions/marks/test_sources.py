"""Sources: what they hold, what may be changed, and when the networks are to learn from them."""

import pytest

from picking.actions.locked_project import locked_project
from picking.actions.marks.sources import NewSource, SourceChange, change_source, make_source, remove_source
from picking.actions.projects.projects import ProjectChange, change_project
from picking.models import Event, Micrograph, PickSet, Project, Source
from picking.queries.micrographs.pick_sets import latest_pick_sets
from picking.refusals import Refused
from picking.science.picks import as_picks, pack
from tests.people import People
from tests.sources import make_import
from tests.trainings import make_picks, make_training

ROWS = [(10, 10, -2.5, 0), (300, 300, 7.25, 0)]


def untrained() -> bool:
    return Project.objects.get().untrained_since is not None


def test_picks_keep_the_scores_of_the_program_that_found_them(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS)
    assert bytes(PickSet.objects.get(source=source).rows) == pack(as_picks(ROWS))
    assert (source.lowest_score, source.highest_score, source.threshold) == (-2.5, 7.25, -2.5)


def test_picks_without_scores_have_no_threshold(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS, scored=False)
    assert (source.lowest_score, source.highest_score, source.threshold) == (None, None, None)
    with pytest.raises(Refused, match="no scores"):
        change_source(source, people.member, SourceChange(threshold=0.5))


def test_imported_picks_are_not_taken_for_the_networks(people: People, micrograph: Micrograph) -> None:
    make_import(micrograph, ROWS)
    assert not latest_pick_sets(people.project).exists()
    kept = make_picks(make_training(people.project), micrograph, ROWS)
    make_import(micrograph, ROWS, name="later")
    assert latest_pick_sets(people.project).get() == kept


def test_all_are_told_of_a_source_once_its_picks_are_there(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS, people.member)
    told = Event.objects.get(data__type="source.added")
    assert (told.data["source"]["id"], told.data["source"]["name"], told.actor) == (source.pk, "crYOLO", people.member)


def test_micrographs_of_other_projects_take_no_picks(people: People, micrograph: Micrograph) -> None:
    new = NewSource(Source.Kind.IMPORTED, "lost", {micrograph.pk + 1: as_picks(ROWS)}, False, {})
    with pytest.raises(Refused, match="no picks"), locked_project(people.project.pk) as project:
        make_source(project, None, new)
    assert not Source.objects.exists()


@pytest.mark.parametrize("name", ["crYOLO", " crYOLO ", "", "Training 3", "training 12", "a\u200bb", "x" * 201])
def test_names_are_unique_visible_and_not_those_of_trainings(people: People, micrograph: Micrograph, name: str) -> None:
    make_import(micrograph, ROWS)
    with pytest.raises(Refused):
        make_import(micrograph, ROWS, name=name)
    assert Source.objects.count() == 1


def test_a_source_may_keep_its_name(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS)
    assert change_source(source, people.member, SourceChange(name="crYOLO", teaches=True)).teaches


def test_a_training_cannot_be_changed_as_a_source(people: People) -> None:
    source = make_training(people.project).source
    with pytest.raises(Refused, match="thresholds of the project"):
        change_source(source, people.owner, SourceChange(name="mine"))
    with pytest.raises(Refused, match="thresholds of the project"):
        remove_source(source, people.owner)


def test_an_archived_project_keeps_its_sources_as_they_are(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS)
    change_project(people.project.pk, people.owner, ProjectChange(archived=True))
    for change in (
        lambda: change_source(source, people.owner, SourceChange(name="new")),
        lambda: remove_source(source, people.owner),
        lambda: make_import(micrograph, ROWS, name="another"),
    ):
        with pytest.raises(Refused, match="archived"):
            change()


def test_a_source_is_removed_with_its_picks(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS)
    removed = source.pk
    remove_source(source, people.member)
    assert not PickSet.objects.exists()
    assert Event.objects.get(data__type="source.removed").data["id"] == removed


def test_a_source_that_only_shows_picks_asks_for_no_training(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS)
    source = change_source(source, people.member, SourceChange(name="new", threshold=1.0))
    remove_source(source, people.member)
    assert not untrained()


@pytest.mark.parametrize("change", [SourceChange(teaches=True), SourceChange(teaches=False), SourceChange(threshold=1)])
def test_what_changes_the_examples_asks_for_a_training(
    people: People, micrograph: Micrograph, change: SourceChange
) -> None:
    source = make_import(micrograph, ROWS)
    Source.objects.update(teaches=change.teaches is not True)
    change_source(source, people.member, change)
    assert untrained()


def test_a_new_name_asks_for_no_training(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS)
    Source.objects.update(teaches=True)
    change_source(source, people.member, SourceChange(name="new"))
    assert not untrained()


def test_removing_examples_asks_for_a_training(people: People, micrograph: Micrograph) -> None:
    source = make_import(micrograph, ROWS)
    Source.objects.update(teaches=True)
    remove_source(source, people.member)
    assert untrained()
