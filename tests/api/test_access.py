"""Every address of the API, tried as everyone there is, in a browser and with tokens."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import URLPattern
from django.utils import timezone
from rest_framework.test import APIClient

from picking.actions.deleted_micrographs import delete_micrographs
from picking.actions.deleted_projects import delete_project
from picking.actions.tokens import NewToken, make_token, revoke_token
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
    Source,
    Token,
    Upload,
    User,
    WatchedFolder,
    Webhook,
)
from tests.people import People, make_people
from tests.trainings import make_training

OPEN = {"schema/", "docs", ""}
"""The same for everyone who is signed in, and what is not there."""
PERSONAL = {"tokens", "tokens/<int:token_id>"}
OF_NO_PROJECT = {"me", "projects", "deleted_projects", "trainings", "folders"}
RIGHTS = {role.value: {right.name.lower() for right in Right if role.may(right)} for role in Role}
MANAGED = {"webhooks", "members", "invitations", "imports", "watched", "uploads", "trainings", "ctf"}
MANAGED |= {"double_labelling"}
"""What managers alone change, by a word of the address."""
NEEDS = {
    **{
        f"{method} {pattern.pattern}": "manage"
        for pattern in urlpatterns
        for method in ("POST", "PATCH", "DELETE")
        if MANAGED & {*str(pattern.pattern).split("/")}
    },
    **{f"GET {pattern.pattern}": "manage" for pattern in urlpatterns if "/webhooks" in str(pattern.pattern)},
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


@pytest.fixture
def clients(people: People) -> dict[str, tuple[APIClient, set[str] | int]]:
    """Everyone, with the rights that they have in the people's project, or the status that all else answers."""
    pk, other = people.project.pk, make_people("Another one").project
    Membership.objects.create(project=other, user=people.owner, role=Role.OWNER)
    expired, revoked, capped = (make_token(people.owner, NewToken("old", Role.OWNER, 1, pk)) for _ in range(3))
    Token.objects.filter(pk=expired[0].pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    revoke_token(revoked[0])
    Token.objects.filter(pk=capped[0].pk).update(user=people.viewer)  # made when its person was an owner
    browsers = {name: people.client(name) for name in ("owner", "manager", "member", "viewer", "outsider", "anonymous")}
    for browser in browsers.values():
        browser.raise_request_exception = False
    return {
        "owner": (browsers["owner"], RIGHTS["owner"]),
        "manager": (browsers["manager"], RIGHTS["manager"]),
        "member": (browsers["member"], RIGHTS["annotator"]),
        "viewer": (browsers["viewer"], RIGHTS["viewer"]),
        "outsider": (browsers["outsider"], 404),
        "anonymous": (browsers["anonymous"], 401),
        **{f"token of {role}": (token_client(people.owner, role, pk), RIGHTS[role]) for role in Role},
        "token for all projects": (token_client(people.owner, Role.VIEWER, None), RIGHTS["viewer"]),
        "token with more than its person": (client_with(capped[1]), RIGHTS["viewer"]),
        "token of another project": (token_client(people.owner, Role.OWNER, other.pk), 404),
        "token of an outsider": (token_client(people.outsider, Role.OWNER, None), 404),
        "expired token": (client_with(expired[1]), 401),
        "revoked token": (client_with(revoked[1]), 401),
        "no token of ours": (client_with("cryoweb_nonsense"), 401),
    }


@pytest.fixture
def address(people: People) -> Callable[[str, int | None], str]:
    """The address of a route in the people's project; what belongs to one person, such as an upload, is of `user`."""
    micrograph = Micrograph.objects.create(project=people.project, name="m", file_name="m.mrc", width=640, height=640)
    job = Job.objects.create(project=people.project, kind=Job.Kind.TRAIN)
    fifth = User.objects.create_user("fifth")
    Membership.objects.create(project=people.project, user=fifth, role=Role.VIEWER)
    ids: dict[str, Any] = {
        "int:project_id": people.project.pk,
        "int:user_id": fifth.pk,
        "int:micrograph_id": micrograph.pk,
        "int:training_id": make_training(people.project, 1).pk,
        "int:job_id": job.pk,
        "int:deleted_id": micrograph.pk,
        "int:number": people.project.named_snapshots.create(number=1, name="As published").number,
        "int:deleted_project_id": people.project.pk,
    }

    def filled(route: str, user: int | None) -> str:
        source = Source.objects.create(project=people.project, kind="imported", name="crYOLO", created_by_id=user)
        upload = Upload.objects.create(project=people.project, user_id=user or people.owner.pk, name="a.mrc", size=10)
        export = Export.objects.create(project=people.project, job=job, format="csv", options={}, created_by_id=user)
        draft = CoordinateImport.objects.create(project=people.project, user_id=user or people.owner.pk)
        watched = WatchedFolder.objects.create(project=people.project, place="/data")
        comment = Comment.objects.create(id=uuid4(), project=people.project, author_id=user, text="?", sequence=1)
        webhook = Webhook.objects.create(project=people.project, url="https://example.org", events=[])
        own = {
            "int:source_id": source.pk,
            "int:watched_id": watched.pk,
            "int:export_id": export.pk,
            "int:webhook_id": webhook.pk,
            "int:delivery_id": Delivery.objects.create(webhook=webhook, message_id="msg_1", event="ping", body="{}").pk,
            "uuid:upload_id": upload.pk,
            "uuid:comment_id": comment.pk,
            "uuid:import_id": draft.pk,
        }
        if "<int:deleted_project_id>" in route:
            Project.including_deleted.filter(pk=people.project.pk).update(deleted_at=timezone.now())
        for name, value in {**ids, **own}.items():
            route = route.replace(f"<{name}>", str(value))
        return f"/api/v1/{route}?micrograph={micrograph.pk}"

    return filled


def user_of(client: APIClient, people: People) -> int | None:
    asked = client.get("/api/v1/me")
    return asked.json()["id"] if asked.status_code == 200 else None


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_every_address_lets_in_those_who_have_the_right_and_nobody_else(
    people: People, clients: Any, address: Any, method: str, route: str
) -> None:
    needed = NEEDS.get(f"{method} {route}", "view" if method == "GET" else "annotate")
    answered = {}
    for name, (client, rights) in clients.items():
        with transaction.atomic():
            status = client.generic(method, address(route, user_of(client, people))).status_code
            transaction.set_rollback(True)
        expected = rights if isinstance(rights, int) else 403
        let_in = not isinstance(rights, int) and needed in rights
        if (status in {401, 403, 404}) if let_in else (status != expected):
            answered[name] = status
    assert answered == {}


@pytest.mark.parametrize(("method", "route"), [each for each in ROUTES if "micrograph_id" in each[1]])
def test_no_address_finds_a_deleted_micrograph(people: People, address: Any, method: str, route: str) -> None:
    filled = address(route, people.owner.pk)
    delete_micrographs(people.project.pk, people.owner, [Micrograph.objects.get(name="m").pk])
    assert people.client("owner").generic(method, filled).status_code == 404


@pytest.mark.parametrize(("method", "route"), [each for each in ROUTES if "deleted_project_id" not in each[1]])
def test_no_address_finds_a_deleted_project_or_what_is_in_it(
    people: People, address: Any, method: str, route: str
) -> None:
    filled = address(route, people.owner.pk)
    delete_project(people.project.pk, people.owner)
    assert people.client("owner").generic(method, filled).status_code == 404


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
