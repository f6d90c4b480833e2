"""Events from before their type and micrograph had columns."""

from importlib import import_module

from django.apps import apps

from picking.actions.locked_project import locked_project
from picking.actions.micrographs.micrographs import MicrographChange, change_micrograph
from picking.events import MicrographRemoved, PicksAdded, append
from picking.models import Event
from tests.api.jobs.test_exports import add_micrographs
from tests.changes import label
from tests.people import People


def test_they_are_filled_from_what_the_events_tell(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    label(people, row, people.member)
    change_micrograph(row, people.member, MicrographChange(flagged=True))
    with locked_project(people.project.pk) as project:
        append(project, PicksAdded(micrograph=row.pk, source=1, count=0))
        append(project, MicrographRemoved(id=row.pk))
    told = list(Event.objects.values_list("sequence", "type", "micrograph"))
    assert [micrograph for *_, micrograph in told] == [None, None, *[row.pk] * 4]
    Event.objects.update(type="", micrograph=None)
    import_module("picking.migrations.0023_history").fill(apps, None)
    assert list(Event.objects.values_list("sequence", "type", "micrograph")) == told
