"""A share of the micrographs, labelled by two people who do not see one another's marks."""

from collections import Counter
from uuid import uuid4

import pytest

from picking.actions.labelling import queue
from picking.actions.labelling.double_labelling import Begun, DoubleLabelling, begin_double_labelling
from picking.actions.labelling.revealing import reveal_early
from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import PutLabel
from picking.actions.projects.members import add_member, remove_member
from picking.actions.projects.projects import ProjectChange, change_project
from picking.models import Assignment, Event, Label, Micrograph, Role, User
from picking.queries.micrographs.visible import visible, visible_events
from picking.refusals import Refused
from tests.people import People
from tests.queue import make_micrographs

pytestmark = pytest.mark.django_db


def begin(people: People, share: float = 1.0, seed: int | None = 7, who: list[int] | None = None) -> Begun:
    pair = [people.owner.pk, people.member.pk] if who is None else who
    return begin_double_labelling(people.project.pk, people.owner, DoubleLabelling(pair, share, seed))


def label(people: People, micrograph: Micrograph, actor: User) -> None:
    put = PutLabel(uuid4(), uuid4(), micrograph.pk, "particle", 10.0, 10.0)
    apply_operations(people.project.pk, actor, [put])


def is_blind(micrograph: Micrograph) -> bool:
    return Micrograph.objects.get(pk=micrograph.pk).blind


def test_a_share_is_drawn_and_the_same_seed_draws_the_same(people: People) -> None:
    make_micrographs(people.project, 20)
    drawn = [each.name for each in begin(people, 0.2).micrographs]
    Assignment.objects.all().delete()
    Micrograph.objects.update(blind=False, double=False)
    assert [each.name for each in begin(people, 0.2).micrographs] == drawn
    assert len(drawn) == 4


def test_the_seed_is_told_where_none_is_given(people: People) -> None:
    make_micrographs(people.project, 3)
    begun = begin(people, seed=None)
    assert Event.objects.filter(data__type="micrographs.blind").get().data["seed"] == begun.seed


def test_only_what_nobody_has_or_has_labelled_is_drawn(people: People) -> None:
    free, labelled, taken, excluded = make_micrographs(people.project, 4)
    label(people, labelled, people.member)
    queue.claim(taken, people.member)
    Micrograph.objects.filter(pk=excluded.pk).update(excluded=True)
    assert begin(people).micrographs == [free]
    with pytest.raises(Refused, match="Somebody has"):
        begin(people)


def test_several_people_get_as_many_each(people: People) -> None:
    make_micrographs(people.project, 10)
    people_of_three = [people.owner.pk, people.member.pk, people.manager.pk]
    work = begin(people, who=people_of_three).assignments
    assert sorted(Counter(one.user_id for one in work).values()) == [6, 7, 7]
    assert all(count == 2 for count in Counter(one.micrograph_id for one in work).values())


def test_it_takes_two_people_who_may_label(people: People) -> None:
    make_micrographs(people.project, 2)
    for who in ([people.owner.pk], [people.owner.pk, people.owner.pk], [people.owner.pk, people.viewer.pk]):
        with pytest.raises(Refused):
            begin(people, who=who)
    assert not Micrograph.objects.filter(blind=True).exists()


def test_it_is_revealed_when_both_have_finished(people: People) -> None:
    (micrograph,) = make_micrographs(people.project, 1)
    begin(people)
    label(people, micrograph, people.owner)
    label(people, micrograph, people.member)
    queue.finish(micrograph, people.owner)
    assert is_blind(micrograph)
    assert visible(Label, people.viewer.pk).count() == 0
    queue.finish(micrograph, people.member)
    assert not is_blind(micrograph)
    assert visible(Label, people.viewer.pk).count() == 2


def test_the_event_of_it_carries_all_marks_and_those_before_are_there_for_all(people: People) -> None:
    (micrograph,) = make_micrographs(people.project, 1)
    begin(people)
    label(people, micrograph, people.member)
    assert not visible_events(people.project, None).filter(data__type="label.put").exists()
    reveal_early(people.project.pk, people.owner, [micrograph.pk])
    told = visible_events(people.project, None).get(data__type="micrograph.revealed").data
    assert [told["early"], told["marks"]["labels"]["author"]] == [True, [people.member.pk]]
    assert visible_events(people.project, None).filter(data__type="label.put").count() == 1


def test_whoever_leaves_before_the_end_is_followed_by_another(people: People) -> None:
    """The place is free: the next who asks takes it, and the micrograph does not stay blind for ever."""
    (micrograph,) = make_micrographs(people.project, 1)
    begin(people)
    third = User.objects.create_user("third")
    add_member(people.project.pk, people.owner, "third", Role.ANNOTATOR)
    queue.finish(micrograph, people.owner)
    remove_member(people.project.pk, people.owner, people.member.pk)
    assert is_blind(micrograph)
    queue.finish(micrograph, third)
    assert not is_blind(micrograph)


def test_managers_reveal_in_an_archived_project_too(people: People) -> None:
    (micrograph,) = make_micrographs(people.project, 1)
    begin(people)
    change_project(people.project.pk, people.owner, ProjectChange(archived=True))
    assert reveal_early(people.project.pk, people.owner, [micrograph.pk, 999]) == [micrograph.pk]
    assert reveal_early(people.project.pk, people.owner, [micrograph.pk]) == []


def test_nobody_reviews_what_they_cannot_see(people: People) -> None:
    (micrograph,) = make_micrographs(people.project, 1)
    begin(people)
    queue.finish(micrograph, people.member)
    with pytest.raises(Refused, match="labelled blind"):
        queue.review(micrograph, people.manager, people.member.pk, accepted=True)


@pytest.mark.parametrize(("who", "status"), [("owner", 201), ("manager", 201), ("member", 403), ("viewer", 403)])
def test_those_who_manage_begin_and_reveal(people: People, who: str, status: int) -> None:
    make_micrographs(people.project, 2)
    client, at = people.client(who), f"/api/v1/projects/{people.project.pk}/double_labelling"
    asked = {"people": [people.owner.pk, people.member.pk], "share": 0.5}
    answer = client.post(at, asked, format="json")
    assert answer.status_code == status
    drawn = answer.json().get("micrographs", [999])
    revealed = client.post(f"{at}/reveal", {"micrographs": drawn}, format="json")
    assert revealed.status_code == (200 if status == 201 else 403)
