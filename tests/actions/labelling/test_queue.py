"""Taking micrographs from the queue, finishing and reviewing them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from picking.actions.labelling.queue import claim, finish, give_back, reopen, review, take_next
from picking.actions.projects.members import add_member, change_role, remove_member
from picking.models import Assignment, Ctf, Event, Label, Membership, Micrograph, Project, Role, User
from picking.models.assignment import CLAIM_LASTS
from picking.refusals import Conflict, Refused
from tests.people import People
from tests.queue import make_micrographs

LONG_AGO = timezone.now() - CLAIM_LASTS - timedelta(hours=1)


@pytest.fixture
def three(people: People) -> list[Micrograph]:
    return make_micrographs(people.project, 3)


def next_of(user: User, project: Project, after: Micrograph | None = None, **more: Any) -> str | None:
    found = take_next(project.pk, user, after.pk if after else None, **more)
    return found.micrograph.name if found else None


def given(micrograph: Micrograph, user: User, **fields: Any) -> Assignment:
    return Assignment.objects.create(micrograph=micrograph, user=user, assigned=True, **fields)


def long_gone(user: User) -> None:
    """Somebody took something, and has left long since."""
    Assignment.objects.filter(user=user).update(claimed_at=LONG_AGO, active_at=LONG_AGO)
    Membership.objects.filter(user=user).update(looked_at=LONG_AGO)


def told(project: Project) -> dict[str, Any]:
    """The last event."""
    event = Event.objects.filter(project=project).latest("sequence")
    data: dict[str, Any] = event.data
    return data


def test_two_people_get_different_ones_in_the_order_of_names(people: People, three: list[Micrograph]) -> None:
    assert next_of(people.owner, people.project) == "m1"
    assert next_of(people.member, people.project) == "m2"


def test_asked_again_it_is_the_same_one(people: People, three: list[Micrograph]) -> None:
    assert next_of(people.owner, people.project) == next_of(people.owner, people.project) == "m1"


def test_taking_a_certain_one_sorts_no_others(
    people: People, three: list[Micrograph], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("picking.queries.projects.queue.by_name", lambda rows: pytest.fail("all were read and sorted"))
    claim(three[1], people.member)
    finish(three[2], people.member)
    assert {one.micrograph_id for one in Assignment.objects.all()} == {three[1].pk, three[2].pk}


def test_what_a_manager_gave_comes_before_what_is_free(people: People, three: list[Micrograph]) -> None:
    given(three[1], people.member)
    assert next_of(people.member, people.project) == "m2"


def test_of_ones_own_the_one_behind_comes_next_and_then_the_first_again(people: People) -> None:
    rows = make_micrographs(people.project, 11)
    for row in (rows[1], rows[4], rows[9]):
        given(row, people.member)
    assert next_of(people.member, people.project, after=rows[4]) == "m10"
    assert next_of(people.member, people.project, after=rows[9]) == "m2"
    assert next_of(people.member, people.project, after=rows[6]) == "m10"


def test_who_holds_one_and_goes_on_gets_one_that_is_free(people: People, three: list[Micrograph]) -> None:
    take_next(people.project.pk, people.member)
    assert next_of(people.member, people.project, after=three[0]) == "m2"
    assert next_of(people.member, people.project, after=three[1]) == "m1"


def test_who_is_at_one_that_is_free_may_get_it(people: People, three: list[Micrograph]) -> None:
    assert next_of(people.member, people.project, after=three[0]) == "m1"


def test_when_nothing_is_left_there_is_no_next(people: People, three: list[Micrograph]) -> None:
    for row in three:
        finish(row, people.owner)
    assert next_of(people.member, people.project) is None


def test_excluded_ones_are_not_handed_out(people: People, three: list[Micrograph]) -> None:
    Micrograph.objects.filter(pk=three[0].pk).update(excluded=True)
    given(three[0], people.member)
    assert next_of(people.member, people.project) == "m2"
    with pytest.raises(Refused, match="m1 is excluded"):
        claim(three[0], people.owner)


def test_two_people_get_one_that_is_to_be_labelled_twice(people: People) -> None:
    make_micrographs(people.project, 2, double=True)
    users = (people.owner, people.member, add(people, "third"))
    assert [next_of(user, people.project) for user in users] == ["m1", "m1", "m2"]


def test_labels_may_teach_most_elsewhere_first(people: People, three: list[Micrograph]) -> None:
    for row, defocus in zip(three, (20_000, 10_000, 30_000), strict=True):
        Ctf.objects.create(
            micrograph=row, defocus_u=defocus, defocus_v=defocus, astigmatism_angle=0, voltage=300,
            spherical_aberration=2.7, amplitude_contrast=0.1, phase_shift=0,
        )  # fmt: skip
    Label.objects.create(micrograph=three[1], id="0" * 32, kind="particle", x=1, y=1, sequence=1)
    assert next_of(people.owner, people.project, order="teach") == "m3"


def test_a_claim_runs_out_when_its_holder_has_left(people: People, three: list[Micrograph]) -> None:
    take_next(people.project.pk, people.member)
    long_gone(people.member)
    assert next_of(people.owner, people.project) == "m1"
    assert [one.user for one in three[0].assignments.all()] == [people.owner]
    with pytest.raises(Conflict, match="m1 is in other hands"):
        finish(three[0], people.member)


def test_a_claim_lasts_while_a_window_of_its_holder_is_open(people: People, three: list[Micrograph]) -> None:
    take_next(people.project.pk, people.member)
    long_gone(people.member)
    Membership.objects.filter(user=people.member).update(looked_at=timezone.now())
    assert next_of(people.owner, people.project) == "m2"


def test_who_comes_back_in_time_goes_on(people: People, three: list[Micrograph]) -> None:
    take_next(people.project.pk, people.member)
    long_gone(people.member)
    assert next_of(people.member, people.project) == "m1"
    assert next_of(people.owner, people.project) == "m2"


def test_what_a_manager_gave_is_not_free_when_its_holder_leaves(people: People, three: list[Micrograph]) -> None:
    given(three[0], people.member)
    claim(three[0], people.member)
    long_gone(people.member)
    assert next_of(people.owner, people.project) == "m2"


def test_one_that_others_have_cannot_be_taken(people: People, three: list[Micrograph]) -> None:
    claim(three[2], people.owner)
    with pytest.raises(Conflict, match="m3 is in other hands"):
        claim(three[2], people.member)


def test_one_that_is_given_back_is_free(people: People, three: list[Micrograph]) -> None:
    mine = claim(three[0], people.owner)
    give_back(three[0], people.owner)
    assert told(people.project)["removed"] == [mine.pk]
    assert next_of(people.member, people.project) == "m1"
    with pytest.raises(Conflict, match="You are not working on m1"):
        give_back(three[0], people.owner)


def test_one_that_a_manager_gave_stays_assigned_when_it_is_given_back(people: People, three: list[Micrograph]) -> None:
    given(three[0], people.owner)
    claim(three[0], people.owner)
    give_back(three[0], people.owner)
    assert three[0].assignments.get().claimed_at is None


def test_done_says_who_and_how_long(people: People, three: list[Micrograph]) -> None:
    mine = claim(three[0], people.owner)
    Assignment.objects.filter(pk=mine.pk).update(active_at=timezone.now() - timedelta(seconds=30))
    finish(three[0], people.owner)
    [row] = told(people.project)["assignments"]
    assert row["user"] == people.owner.pk
    assert row["done_at"]
    assert row["seconds_worked"] == pytest.approx(30, abs=5)


def test_done_needs_no_claim_where_nobody_else_has_it(people: People, three: list[Micrograph]) -> None:
    assert finish(three[0], people.owner).done_at == finish(three[0], people.owner).done_at


def test_one_that_is_done_can_be_reopened_by_its_person_alone(people: People, three: list[Micrograph]) -> None:
    finish(three[0], people.owner)
    with pytest.raises(Conflict, match="You have finished m1"):
        claim(three[0], people.owner)
    with pytest.raises(Conflict, match="You have not finished m1"):
        reopen(three[0], people.member)
    assert reopen(three[0], people.owner).done_at is None


def test_another_person_reviews(people: People, three: list[Micrograph]) -> None:
    finish(three[0], people.member)
    with pytest.raises(Refused, match="Somebody else"):
        review(three[0], people.member, people.member.pk, accepted=True)
    assert review(three[0], people.owner, people.member.pk, accepted=True).reviewed_by == people.owner
    reopen(three[0], people.member)
    assert three[0].assignments.get().reviewed_by is None


def test_managers_do_not_review_their_own_work_either(people: People, three: list[Micrograph]) -> None:
    finish(three[0], people.owner)
    with pytest.raises(Refused, match="Somebody else"):
        review(three[0], people.owner, people.owner.pk, accepted=True)


def test_only_what_is_done_is_reviewed(people: People, three: list[Micrograph]) -> None:
    claim(three[0], people.member)
    with pytest.raises(Conflict, match="has not finished"):
        review(three[0], people.owner, people.member.pk, accepted=True)


def test_who_is_still_to_label_it_does_not_see_it_as_a_reviewer(people: People) -> None:
    [row] = make_micrographs(people.project, 1, double=True)
    finish(row, people.member)
    claim(row, people.owner)
    with pytest.raises(Refused, match="Finish it, then review"):
        review(row, people.owner, people.member.pk, accepted=True)


def test_what_is_sent_back_waits_for_its_person_with_the_reason(people: People, three: list[Micrograph]) -> None:
    finish(three[0], people.member)
    with pytest.raises(Refused, match="Say what"):
        review(three[0], people.owner, people.member.pk, accepted=False)
    back = review(three[0], people.owner, people.member.pk, accepted=False, reason="The ice is not marked.")
    assert back.sent_back == "The ice is not marked."
    assert next_of(people.owner, people.project) == "m2"
    assert next_of(people.member, people.project) == "m1"
    assert finish(three[0], people.member).sent_back == ""


def test_nothing_is_sent_back_to_those_who_have_left(people: People, three: list[Micrograph]) -> None:
    finish(three[0], people.member)
    remove_member(people.project.pk, people.owner, people.member.pk)
    with pytest.raises(Refused, match="no longer labels here"):
        review(three[0], people.owner, people.member.pk, accepted=False, reason="More")


def test_what_a_former_member_had_not_finished_is_free(people: People, three: list[Micrograph]) -> None:
    finish(three[0], people.member)
    given(three[1], people.member)
    remove_member(people.project.pk, people.owner, people.member.pk)
    assert [one.micrograph for one in Assignment.objects.all()] == [three[0]]


def test_who_may_only_look_from_now_on_has_nothing_to_do(people: People, three: list[Micrograph]) -> None:
    given(three[1], people.member)
    change_role(people.project.pk, people.owner, people.member.pk, Role.VIEWER)
    assert not Assignment.objects.exists()


def test_an_archived_project_hands_out_nothing(people: People, three: list[Micrograph]) -> None:
    finish(three[1], people.member)
    Project.objects.filter(pk=people.project.pk).update(archived_at=timezone.now())
    with pytest.raises(Refused, match="archived"):
        take_next(people.project.pk, people.owner)
    for action in (claim, finish, reopen, give_back):
        with pytest.raises(Refused, match="archived"):
            action(three[0], people.owner)
    with pytest.raises(Refused, match="archived"):
        review(three[1], people.owner, people.member.pk, accepted=True)


def test_a_claim_that_lasts_is_told_once(people: People, three: list[Micrograph]) -> None:
    claim(three[0], people.owner)
    before = told(people.project)
    sequence = Event.objects.count()
    claim(three[0], people.owner)
    assert (told(people.project), Event.objects.count()) == (before, sequence)


def add(people: People, name: str) -> User:
    user = User.objects.create_user(name)
    add_member(people.project.pk, people.owner, name, Role.ANNOTATOR)
    return user
