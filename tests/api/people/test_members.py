"""Members and invitations."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from picking.actions.people.tokens import NewToken, make_token
from picking.actions.projects import members
from picking.actions.projects.members import NewInvitation, invite, join
from picking.models import Event, Invitation, Membership, Role, User
from picking.refusals import Refused
from tests.people import People

EVERYONE_ELSE = [("member", 403), ("viewer", 403), ("outsider", 404), ("anonymous", 401)]


def role_of(people: People, name: str) -> str | None:
    membership = Membership.objects.filter(project=people.project, user=getattr(people, name)).first()
    return membership.role if membership else None


@pytest.mark.parametrize(("who", "status"), [("owner", 201), ("manager", 201), *EVERYONE_ELSE])
def test_those_who_manage_add_members(people: People, who: str, status: int) -> None:
    wanted = {"username": people.outsider.username, "role": "viewer"}
    answer = people.client(who).post(f"/api/v1/projects/{people.project.pk}/members", wanted, format="json")
    assert answer.status_code == status
    assert (role_of(people, "outsider") == "viewer") == (status == 201)


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("manager", 200), *EVERYONE_ELSE])
def test_those_who_manage_change_roles(people: People, who: str, status: int) -> None:
    address = f"/api/v1/projects/{people.project.pk}/members/{people.viewer.pk}"
    assert people.client(who).patch(address, {"role": "annotator"}, format="json").status_code == status
    assert role_of(people, "viewer") == ("annotator" if status == 200 else "viewer")


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 204), ("manager", 204), ("member", 403), ("outsider", 404), ("anonymous", 401)]
)
def test_those_who_manage_remove_others(people: People, who: str, status: int) -> None:
    address = f"/api/v1/projects/{people.project.pk}/members/{people.viewer.pk}"
    assert people.client(who).delete(address).status_code == status
    assert (role_of(people, "viewer") is None) == (status == 204)


@pytest.mark.parametrize(("who", "status"), [("owner", True), ("manager", False)])
def test_only_owners_have_to_do_with_owners(people: People, who: str, status: bool) -> None:
    client, address = people.client(who), f"/api/v1/projects/{people.project.pk}"
    add(people, "outsider", Role.OWNER)
    theirs = f"{address}/members/{people.outsider.pk}"
    newcomer = User.objects.create_user("newcomer").username
    made = {
        "add": client.post(f"{address}/members", {"username": newcomer, "role": "owner"}, format="json"),
        "invite": client.post(f"{address}/invitations", {"role": "owner"}, format="json"),
        "raise": client.patch(f"{address}/members/{people.member.pk}", {"role": "owner"}, format="json"),
        "lower": client.patch(theirs, {"role": "viewer"}, format="json"),
        "remove": client.delete(theirs),
    }
    assert {name: answer.status_code < 400 for name, answer in made.items()} == dict.fromkeys(made, status)
    assert all(answer.status_code == 403 for answer in made.values()) != status


def test_a_token_with_the_role_manager_makes_no_owners_for_an_owner(people: People) -> None:
    _, text = make_token(people.owner, NewToken("a script", Role.MANAGER, 1, people.project.pk))
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {text}")
    address = f"/api/v1/projects/{people.project.pk}/members/{people.member.pk}"
    assert client.patch(address, {"role": "owner"}, format="json").status_code == 403
    assert client.patch(address, {"role": "manager"}, format="json").status_code == 200


def test_everyone_may_leave(people: People) -> None:
    address = f"/api/v1/projects/{people.project.pk}/members/{people.viewer.pk}"
    assert people.client("viewer").delete(address).status_code == 204
    assert role_of(people, "viewer") is None


@pytest.mark.parametrize("method", ["patch", "delete"])
def test_the_last_owner_stays(people: People, method: str) -> None:
    address = f"/api/v1/projects/{people.project.pk}/members/{people.owner.pk}"
    answer = getattr(people.client("owner"), method)(address, {"role": "viewer"}, format="json")
    assert (answer.status_code, "owner" in answer.json()["detail"]) == (400, True)
    assert role_of(people, "owner") == "owner"


def test_a_name_without_an_account_is_said_plainly(people: People) -> None:
    wanted = {"username": "nobody", "role": "viewer"}
    answer = people.client("owner").post(f"/api/v1/projects/{people.project.pk}/members", wanted, format="json")
    assert (answer.status_code, "invitation" in answer.json()["detail"]) == (400, True)


def test_a_name_is_found_in_another_spelling(people: People) -> None:
    User.objects.create_user("jörg")
    wanted = {"username": "jo\u0308rg", "role": "viewer"}
    answer = people.client("owner").post(f"/api/v1/projects/{people.project.pk}/members", wanted, format="json")
    assert (answer.status_code, answer.json()["username"]) == (201, "jörg")


@pytest.mark.parametrize(("who", "status"), [("owner", 201), ("manager", 201), *EVERYONE_ELSE])
def test_those_who_manage_invite(people: People, who: str, status: int) -> None:
    address = f"/api/v1/projects/{people.project.pk}/invitations"
    assert people.client(who).post(address, {"role": "annotator"}, format="json").status_code == status
    assert Invitation.objects.count() == (1 if status == 201 else 0)


def invitation_path(people: People, role: Role = Role.ANNOTATOR) -> str:
    address = f"/api/v1/projects/{people.project.pk}/invitations"
    url: str = people.client("owner").post(address, {"role": role.value}, format="json").json()["url"]
    return url.removeprefix("http://testserver")


def test_an_invitation_makes_the_one_who_follows_it_a_member_once(people: People) -> None:
    path = invitation_path(people)
    first = people.client("outsider")
    assert first.get(path).status_code == 200
    assert first.post(path).headers["Location"] == f"/projects/{people.project.pk}"
    assert role_of(people, "outsider") == "annotator"
    assert Client().get(path).status_code == 410


def test_looking_at_an_invitation_does_not_use_it(people: People) -> None:
    path = invitation_path(people)
    people.client("outsider").get(path)
    assert role_of(people, "outsider") is None


def test_an_invitation_followed_without_an_account_makes_one(people: People) -> None:
    form = {"username": "new.person", "password1": "a long way to Basel", "password2": "a long way to Basel"}
    answer = Client().post(invitation_path(people, Role.VIEWER), form)
    assert answer.status_code == 302
    assert Membership.objects.get(user__username="new.person").role == "viewer"


def test_a_member_who_follows_an_invitation_keeps_their_role_and_leaves_the_link_unused(people: People) -> None:
    path = invitation_path(people, Role.VIEWER)
    people.client("owner").post(path)
    assert role_of(people, "owner") == "owner"
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("loses", ["delete", "patch"])
def test_an_owner_who_is_no_longer_one_cannot_come_back_by_a_link_of_their_own(people: People, loses: str) -> None:
    add = {"username": people.outsider.username, "role": "owner"}
    people.client("owner").post(f"/api/v1/projects/{people.project.pk}/members", add, format="json")
    path = invitation_path(people, Role.OWNER)
    address = f"/api/v1/projects/{people.project.pk}/members/{people.owner.pk}"
    getattr(people.client("outsider"), loses)(address, {"role": "viewer"}, format="json")
    assert people.client("owner").get(path).status_code == 410


def add(people: People, name: str, role: Role = Role.VIEWER) -> Any:
    wanted = {"username": getattr(people, name).username, "role": role.value}
    return people.client("owner").post(f"/api/v1/projects/{people.project.pk}/members", wanted, format="json")


def test_an_account_that_is_switched_off_is_not_added(people: People) -> None:
    User.objects.filter(pk=people.outsider.pk).update(is_active=False)
    assert add(people, "outsider").status_code == 400
    assert role_of(people, "outsider") is None


def test_a_member_is_not_added_again(people: People) -> None:
    answer = add(people, "member", Role.OWNER)
    assert (answer.status_code, "already a member" in answer.json()["detail"]) == (400, True)
    assert role_of(people, "member") == "annotator"


def test_everyone_is_told_of_a_new_member(people: People) -> None:
    add(people, "outsider")
    told = Event.objects.latest("sequence")
    assert (told.data["type"], told.data["member"]["id"]) == ("member.changed", people.outsider.pk)
    assert told.actor == people.owner


def test_an_invitation_runs_out(people: People) -> None:
    path = invitation_path(people)
    Invitation.objects.update(expires_at=timezone.now())
    assert people.client("outsider").post(path).status_code == 410
    assert role_of(people, "outsider") is None


def test_of_two_people_who_follow_one_invitation_at_once_one_becomes_a_member(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = invite(people.project.pk, people.owner, NewInvitation(Role.VIEWER))
    unused = members.open_invitation(token)
    monkeypatch.setattr(members, "open_invitation", lambda _: unused)
    newcomer = User.objects.create_user("newcomer")
    join(token, newcomer)
    with pytest.raises(Refused, match="used up"):
        join(token, people.outsider)
    assert role_of(people, "outsider") is None


@pytest.mark.parametrize(("role", "status"), [(Role.MANAGER, 200), (Role.OWNER, 410)])
def test_an_owner_who_becomes_a_manager_loses_the_links_that_make_owners(
    people: People, role: Role, status: int
) -> None:
    add(people, "outsider", Role.OWNER)
    path = invitation_path(people, role)
    members.change_role(people.project.pk, people.outsider, people.owner.pk, Role.MANAGER)
    assert Client().get(path).status_code == status


def test_the_links_of_the_owners_who_stay_are_good_still(people: People) -> None:
    add(people, "outsider", Role.OWNER)
    path = invitation_path(people)
    people.client("owner").delete(f"/api/v1/projects/{people.project.pk}/members/{people.outsider.pk}")
    assert Client().get(path).status_code == 200


def test_the_table_of_invitations_opens_no_project(people: People) -> None:
    _, token = invite(people.project.pk, people.owner, NewInvitation(Role.VIEWER))
    assert token not in str(list(Invitation.objects.values()))
