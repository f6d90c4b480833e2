"""Every address of the API, tried as everyone there is, in a browser and with tokens."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import URLPattern
from django.utils import timezone
from rest_framework.test import APIClient

from picking.actions.micrographs.deleted_micrographs import delete_micrographs
from picking.actions.people.tokens import NewToken, make_token, revoke_token
from picking.actions.projects.deleted_projects import delete_project
from picking.actions.projects.members import NewInvitation, invite
from picking.actions.projects.shared_links import revoke_shared, share
from picking.api.urls import urlpatterns
from picking.models import (
    Comment,
    CoordinateImport,
    Delivery,
    Export,
    Job,
    Membership,
    Micrograph,
    Project,
    Right,
    Role,
    SharedLink,
    Source,
    Token,
    Upload,
    User,
    WatchedFolder,
    Webhook,
)
from tests.averages import make_averages
from tests.people import People, make_people
from tests.trainings import make_training

OPEN = {"schema/", "docs", ""}
"""The same for everyone who is signed in, and what is not there."""
PERSONAL = {"tokens", "tokens/<int:token_id>"}
OF_NO_PROJECT = {"me", "projects", "deleted_projects", "trainings", "folders"}
RIGHTS = {role.value: {right.name.lower() for right in Right if role.may(right)} for role in Role}
MANAGED = {"webhooks", "members", "invitations", "shared_links", "imports", "watched", "uploads", "trainings", "ctf"}
MANAGED |= {"double_labelling", "diameter"}
"""What managers alone change, by a word of the address."""
NEEDS = {
    **{
        f"{method} {pattern.pattern}": "manage"
        for pattern in urlpatterns
        for method in ("POST", "PATCH", "DELETE")
        if MANAGED & {*str(pattern.pattern).split("/")}
    },
    **{
        f"GET {pattern.pattern}": "manage"
        for pattern in urlpatterns
        if {"webhooks", "invitations", "shared_links"} & {*str(pattern.pattern).split("/")}
    },
    "PATCH projects/<int:project_id>": "manage",
    "POST jobs/<int:job_id>/cancel": "manage",
    "POST jobs/<int:job_id>/dismiss": "manage",
    "DELETE micrographs/<int:micrograph_id>": "manage",
    "POST projects/<int:project_id>/micrographs/delete": "manage",
    "POST projects/<int:project_id>/micrographs/restore": "manage",
    "GET projects/<int:project_id>/deleted": "manage",
    "DELETE projects/<int:project_id>/deleted/<int:deleted_id>": "own",
    "DELETE projects/<int:project_id>/snapshots/<int:number>": "own",
    "DELETE projects/<int:project_id>": "own",
    "DELETE deleted_projects/<int:deleted_project_id>": "own",
    "POST deleted_projects/<int:deleted_project_id>/restore": "own",
    "GET projects/<int:project_id>/uploads": "manage",
    "GET projects/<int:project_id>/suggestions": "annotate",
    "POST micrographs/<int:micrograph_id>/centres": "view",
    "POST projects/<int:project_id>/exports": "view",
    "DELETE exports/<int:export_id>": "view",
    "POST projects/<int:project_id>/queue/share": "manage",
    "POST projects/<int:project_id>/queue/take_back": "manage",
    "POST projects/<int:project_id>/comments/<uuid:comment_id>/read": "view",
    "GET coordinates/<uuid:import_id>": "annotate",
    "GET coordinates/<uuid:import_id>/picks": "annotate",
}
"""The right that an address needs, where it is neither `view` to read nor `annotate` for all else."""


def methods(pattern: URLPattern) -> list[str]:
    view: Any = pattern.callback
    return [method.upper() for method in ("get", "post", "patch", "delete") if hasattr(view.cls, method)]


ROUTES = [
    (method, str(pattern.pattern))
    for pattern in urlpatterns
    if str(pattern.pattern) not in OPEN | PERSONAL | OF_NO_PROJECT
    for method in methods(pattern)
]


def client_with(text: str) -> APIClient:
    """A program that has this token."""
    return APIClient(HTTP_AUTHORIZATION=f"Bearer {text}", raise_request_exception=False)


def token_client(user: User, role: Role, project: int | None) -> APIClient:
    return client_with(make_token(user, NewToken("a script", role, 1, project))[1])


@dataclass
class Someone:
    """Who asks: with the rights that they have in the people's project, or the status that all else answers."""

    client: APIClient
    rights: set[str] | int
    user: int | None
    only_looks: bool = False

    def expects(self, method: str, needed: str) -> set[int]:
        """The statuses of which one is right."""
        if self.only_looks and method != "GET":
            return {401, 403}  # 401: its link ended with the project
        if isinstance(self.rights, int):
            return {self.rights}
        return LET_IN if needed in self.rights else {403}


LET_IN = {*range(200, 600)} - {401, 403, 404}


@dataclass
class World:
    """One for all that is tried: whatever a request changes is taken back."""

    people: People
    other: People
    everyone: dict[str, Someone]
    ids: dict[str, Any]
    own: dict[int | None, dict[str, Any]]
    """By user: what belongs to one person, such as an upload."""

    def ask(self, client: APIClient, method: str, route: str, ids: dict[str, Any]) -> int:
        with transaction.atomic():
            if "<int:deleted_project_id>" in route:
                Project.including_deleted.filter(pk=self.people.project.pk).update(deleted_at=timezone.now())
            if "<int:deleted_id>" in route:
                Micrograph.including_deleted.filter(pk=self.ids["int:micrograph_id"]).update(deleted_at=timezone.now())
            for name, value in ids.items():
                route = route.replace(f"<{name}>", str(value))
            address = f"/api/v1/{route}?micrograph={self.ids['int:micrograph_id']}"
            status = client.generic(method, address).status_code
            transaction.set_rollback(True)
        return status

    def ask_after(self, change: Callable[[People], None], method: str, route: str) -> int:
        """As the owner, once something has changed, which is taken back as well."""
        owner = self.everyone["owner"]
        with transaction.atomic():
            change(self.people)
            status = self.ask(owner.client, method, route, {**self.ids, **self.own[owner.user]})
            transaction.set_rollback(True)
        return status


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        people, other = make_people(), make_people("Another one")
        everyone = everyone_of(people, other)
        ids = ids_of(people)
        users = {someone.user for someone in everyone.values()}
        yield World(people, other, everyone, ids, {user: own_ids(people, user) for user in users})
        transaction.set_rollback(True)


def everyone_of(people: People, other: People) -> dict[str, Someone]:
    pk, elsewhere = people.project.pk, other.project.pk
    Membership.objects.create(project=other.project, user=people.owner, role=Role.OWNER)
    expired, revoked, capped = (make_token(people.owner, NewToken("old", Role.OWNER, 1, pk)) for _ in range(3))
    Token.objects.filter(pk=expired[0].pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    revoke_token(revoked[0])
    Token.objects.filter(pk=capped[0].pk).update(user=people.viewer)  # made when its person was an owner
    owner, viewer = people.owner.pk, people.viewer.pk
    guest, gone, elsewheres = (guest_of(each) for each in (people, people, other))
    revoke_shared(SharedLink.objects.get(guest=gone.user), people.owner)

    def browser(name: str, rights: set[str] | int) -> Someone:
        client = people.client(name)
        client.raise_request_exception = False
        return Someone(client, rights, None if name == "anonymous" else getattr(people, name).pk)

    return {
        "owner": browser("owner", RIGHTS["owner"]),
        "manager": browser("manager", RIGHTS["manager"]),
        "member": browser("member", RIGHTS["annotator"]),
        "viewer": browser("viewer", RIGHTS["viewer"]),
        "outsider": browser("outsider", 404),
        "anonymous": browser("anonymous", 401),
        "guest": replace(guest, rights=RIGHTS["viewer"]),
        "guest of a revoked link": replace(gone, rights=401, user=None, only_looks=False),
        **{f"token of {role}": Someone(token_client(people.owner, role, pk), RIGHTS[role], owner) for role in Role},
        "token for all projects": Someone(token_client(people.owner, Role.VIEWER, None), RIGHTS["viewer"], owner),
        "token with more than its person": Someone(client_with(capped[1]), RIGHTS["viewer"], viewer),
        "token of another project": Someone(token_client(people.owner, Role.OWNER, elsewhere), 404, owner),
        "token of an outsider": Someone(token_client(people.outsider, Role.OWNER, None), 404, people.outsider.pk),
        "expired token": Someone(client_with(expired[1]), 401, None),
        "revoked token": Someone(client_with(revoked[1]), 401, None),
        "no token of ours": Someone(client_with("cryoweb_nonsense"), 401, None),
        "guest of another project": replace(elsewheres, rights=404),
    }


def guest_of(people: People) -> Someone:
    """A browser that has opened a shared link."""
    link, token = share(people.project.pk, people.owner, "Referees", timedelta(days=1))
    client = APIClient(raise_request_exception=False)
    assert client.get(f"/shared/{token}").headers["Location"] == f"/projects/{people.project.pk}"
    return Someone(client, 0, link.guest_id, only_looks=True)


def ids_of(people: People) -> dict[str, Any]:
    """What stands in addresses, and is the same for everyone."""
    micrograph = Micrograph.objects.create(project=people.project, name="m", file_name="m.mrc", width=640, height=640)
    fifth = User.objects.create_user("fifth")
    Membership.objects.create(project=people.project, user=fifth, role=Role.VIEWER)
    webhook = Webhook.objects.create(project=people.project, url="https://example.org", events=[])
    return {
        "int:project_id": people.project.pk,
        "int:user_id": fifth.pk,
        "int:micrograph_id": micrograph.pk,
        "int:training_id": make_training(people.project, 1).pk,
        "int:job_id": Job.objects.create(project=people.project, kind=Job.Kind.TRAIN).pk,
        "int:deleted_id": micrograph.pk,
        "int:deleted_project_id": people.project.pk,
        "int:class_number": 1,
        "int:number": people.project.named_snapshots.create(number=1, name="As published").number,
        "int:watched_id": WatchedFolder.objects.create(project=people.project, place="/data").pk,
        "int:webhook_id": webhook.pk,
        "int:delivery_id": Delivery.objects.create(webhook=webhook, message_id="msg_1", event="ping", body="{}").pk,
        "int:invitation_id": invite(people.project.pk, people.owner, NewInvitation(Role.VIEWER))[0].pk,
        "int:link_id": share(people.project.pk, people.owner, "Others", timedelta(days=1))[0].pk,
    }


def own_ids(people: People, user: int | None) -> dict[str, Any]:
    project, owner = people.project, user or people.owner.pk
    job = Job.objects.create(project=project, kind=Job.Kind.EXPORT)
    export = Export.objects.create(project=project, job=job, format="csv", options={}, created_by_id=user)
    averages = make_averages(project, created_by_id=user)
    comment = Comment.objects.create(id=uuid4(), project=project, author_id=user, text="?", sequence=1)
    return {
        "int:source_id": Source.objects.create(
            project=project, kind="imported", name=f"of {user}", created_by_id=user
        ).pk,
        "int:export_id": export.pk,
        "int:averages_number": averages.number,
        "int:other_number": averages.number,
        "uuid:upload_id": Upload.objects.create(project=project, user_id=owner, name=f"{user}.mrc", size=10).pk,
        "uuid:comment_id": comment.pk,
        "uuid:import_id": CoordinateImport.objects.create(project=project, user_id=owner).pk,
    }


@pytest.fixture
def clients(people: People) -> dict[str, APIClient]:
    """Everyone, for other tests that try every address."""
    return {name: someone.client for name, someone in everyone_of(people, make_people("Another one")).items()}


@pytest.fixture
def address(people: People) -> Callable[[str, int | None], str]:
    """The address of a route in the people's project; what belongs to one person, such as an upload, is of `user`."""
    ids = ids_of(people)

    def filled(route: str, user: int | None) -> str:
        for name, value in {**ids, **own_ids(people, user)}.items():
            route = route.replace(f"<{name}>", str(value))
        return f"/api/v1/{route}?micrograph={ids['int:micrograph_id']}"

    return filled


def user_of(client: APIClient) -> int | None:
    asked = client.get("/api/v1/me")
    return asked.json()["id"] if asked.status_code == 200 else None


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_every_address_lets_in_those_who_have_the_right_and_nobody_else(world: World, method: str, route: str) -> None:
    needed = NEEDS.get(f"{method} {route}", "view" if method == "GET" else "annotate")
    answered = {}
    for name, someone in world.everyone.items():
        status = world.ask(someone.client, method, route, {**world.ids, **world.own[someone.user]})
        if status not in someone.expects(method, needed):
            answered[name] = status
    assert answered == {}


@pytest.mark.parametrize(("method", "route"), [each for each in ROUTES if "micrograph_id" in each[1]])
def test_no_address_finds_a_deleted_micrograph(world: World, method: str, route: str) -> None:
    def delete(people: People) -> None:
        delete_micrographs(people.project.pk, people.owner, [world.ids["int:micrograph_id"]])

    assert world.ask_after(delete, method, route) == 404


@pytest.mark.parametrize(("method", "route"), [each for each in ROUTES if "deleted_project_id" not in each[1]])
def test_no_address_finds_a_deleted_project_or_what_is_in_it(world: World, method: str, route: str) -> None:
    def delete(people: People) -> None:
        delete_project(people.project.pk, people.owner)

    assert world.ask_after(delete, method, route) == 404


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_what_is_of_one_project_is_not_in_another(world: World, method: str, route: str) -> None:
    """The owner of another project asks: for what is in this one as if it were in theirs, where an address says so."""
    stranger = world.other.client("owner")
    stranger.raise_request_exception = False
    ids = {**world.ids, **world.own[None]}
    if route.count("<") > 1:
        ids["int:project_id"] = world.other.project.pk
    assert world.ask(stranger, method, route, ids) == 404


@pytest.mark.parametrize(
    ("method", "route", "status"),
    [
        ("GET", "me", 200),
        ("GET", "projects", 403),
        ("POST", "projects", 403),
        ("GET", "trainings", 403),
        ("GET", "folders", 403),
        ("GET", "tokens", 403),
        ("POST", "tokens", 403),
        ("DELETE", "tokens/1", 403),
    ],
)
def test_a_guest_has_nothing_outside_of_the_project(world: World, method: str, route: str, status: int) -> None:
    assert world.ask(world.everyone["guest"].client, method, route, {}) == status


@pytest.mark.parametrize(("method", "route"), [("GET", "tokens"), ("POST", "tokens"), ("DELETE", "tokens/1")])
def test_no_token_manages_tokens(people: People, method: str, route: str) -> None:
    client = token_client(people.owner, Role.OWNER, None)
    assert client.generic(method, f"/api/v1/{route}").status_code == 403
    assert people.client("anonymous").generic(method, f"/api/v1/{route}").status_code == 401


def test_a_token_of_one_project_lists_that_one(people: People) -> None:
    other = make_people("Another one").project
    Membership.objects.create(project=other, user=people.owner, role=Role.OWNER)
    one, both = (token_client(people.owner, Role.VIEWER, project) for project in (people.project.pk, None))
    assert [row["id"] for row in rows(one.get("/api/v1/projects"))] == [people.project.pk]
    assert {row["id"] for row in rows(both.get("/api/v1/projects"))} == {people.project.pk, other.pk}


def rows(answer: Any) -> Any:
    return answer.json()["results"]


@pytest.mark.parametrize(
    ("role", "for_all", "status"),
    [(Role.OWNER, True, 201), (Role.ANNOTATOR, True, 403), (Role.OWNER, False, 403)],
)
def test_a_token_makes_projects_where_it_is_an_owners_and_for_all(
    people: People, role: Role, for_all: bool, status: int
) -> None:
    client = token_client(people.owner, role, None if for_all else people.project.pk)
    answer = client.post("/api/v1/projects", {"name": "New", "particle_diameter": 130}, format="json")
    assert answer.status_code == status


def test_a_token_does_not_leave_a_project_for_its_person(people: People) -> None:
    client = token_client(people.viewer, Role.VIEWER, people.project.pk)
    assert client.delete(f"/api/v1/projects/{people.project.pk}/members/{people.viewer.pk}").status_code == 403


def test_a_token_that_does_not_hold_is_not_replaced_by_a_cookie(people: People) -> None:
    client = people.client("owner")
    assert client.get("/api/v1/me", headers={"Authorization": "Bearer cryoweb_old"}).status_code == 401
