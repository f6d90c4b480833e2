"""Known particles."""

from picking.actions.micrographs.references import set_reference
from picking.models import Event, Micrograph, Reference
from picking.science.picks import as_points
from tests.people import People


def test_a_reference_is_kept_and_everyone_is_told_that_there_is_one(people: People) -> None:
    micrograph = Micrograph.objects.create(project=people.project, name="first", width=9, height=9)
    assert not hasattr(micrograph, "reference")
    set_reference(micrograph, as_points([(1.5, 2)]))
    set_reference(micrograph, as_points([(3, 4.25)]))
    assert Reference.objects.get().points == [[3, 4.25]]
    told = [event.data["micrograph"] for event in Event.objects.filter(data__type="micrograph.changed")]
    assert [(each["id"], each["has_reference"]) for each in told] == [(micrograph.pk, True)] * 2
