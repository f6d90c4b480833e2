"""Blind labelling lets nothing through: every address, as everyone but the author, searched for what the author marked.

New addresses are searched without anybody thinking of it: they are read from the list of addresses, and their ids from
the test of access.
"""

import json
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4
from zipfile import ZipFile, is_zipfile

import pytest
from channels.db import database_sync_to_async
from django.db import transaction
from rest_framework.test import APIClient

from picking import storage
from picking.actions.jobs.exports import start_export
from picking.actions.labelling.revealing import reveal_early
from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import MARKS, DeleteMark, PutLabel, PutMark, PutRegion, PutVerdict
from picking.actions.projects.members import add_member
from picking.jobs.examples import marks_now
from picking.jobs.tasks import run_job
from picking.models import Event, Export, Label, Micrograph, Project, Region, Role, Training, User, Verdict
from picking.queries.micrographs.marks import label_counts
from picking.queries.past.past import marks_at
from picking.science.imaging.pyramid import write_pyramid
from picking.wire import ExportOptions
from tests.api.jobs.test_exports import content
from tests.api.test_access import ROUTES, address, clients, user_of
from tests.conftest import noisy_discs
from tests.live.communicator import SocketCommunicator, socket
from tests.people import People
from tests.trainings import make_picks

__all__ = ["address", "clients"]

pytestmark = pytest.mark.django_db

X, Y, CORNER, TARGET = 432.1987, 321.7654, 219.6543, 345.9871
COUNT = 311
"""Labels of the author: a number that nothing else has, nor one a little larger."""
OPERATION = uuid4()
NUMBERS = rb"432\.(2|19)|321\.(8|7[67])|219\.(7|65)|346\.0|345\.(99|98)"
BYTES = [struct.pack(form, number) for number in (X, CORNER, TARGET) for form in ("<d", "<f", ">d", ">f")]
COUNTED = rb"(?<![0-9a-f.])31[1-9](?![0-9a-f.])"
UUIDS = re.compile(rb"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
CHANGING = re.compile(
    rb"'ETag': '[^']*'|'Content-Length': '\d+'|"
    rb"\"secret\":\"[^\"]*\"|20\d\d-\d\d-\d\dT[0-9:.]+(\+00:00|Z)?|/tiles/[^\"/]*/[^\"/]*/[^\"/]*"
)


@dataclass
class Secret:
    """What an author marked on a micrograph that is blind."""

    author: User
    micrograph: Micrograph
    ids: list[UUID]

    def in_(self, body: bytes) -> bool:
        """Whether any of it, or how many they are, is in an answer, or in a member of a zip."""
        if is_zipfile(BytesIO(body)):
            with ZipFile(BytesIO(body)) as archive:
                return any(self.in_(archive.read(name)) for name in archive.namelist())
        ids = UUIDS.findall(body)
        mine = {form.encode() for each in (*self.ids[-4:], OPERATION) for form in (str(each), each.hex)}
        rest = UUIDS.sub(b"", body)
        return (
            bool(mine & {*ids})
            or re.search(NUMBERS, rest) is not None
            or re.search(COUNTED, CHANGING.sub(b"", rest)) is not None
            or any(each in body for each in BYTES)
        )


@pytest.fixture
def secret(people: People, address: Callable[..., str]) -> Secret:
    """On the micrograph of the addresses; the networks have found something where the labels are."""
    author = User.objects.create_user("author")
    add_member(people.project.pk, people.owner, "author", Role.ANNOTATOR)
    Project.objects.filter(pk=people.project.pk).update(sequence=5_000_000)
    micrograph = Micrograph.objects.get(project=people.project, name="m")
    micrograph.blind = True
    micrograph.save()
    pyramid = storage.pyramid_path(people.project.pk, micrograph.key)
    pyramid.parent.mkdir(parents=True)
    write_pyramid(noisy_discs(), pyramid)
    training = Training.objects.get(project=people.project)
    Project.objects.filter(pk=people.project.pk).update(current_training=training)
    make_picks(training, micrograph, [(X + 3, Y + 3, 0.9, 0.1), (500, 500, 0.9, 0.1), (220, 220, 0.9, 0.1)])
    make_marks(people, micrograph, people.member)
    corners = [[CORNER, CORNER], [CORNER + 40, CORNER], [CORNER, CORNER + 40]]
    marks: list[PutMark] = [
        *(PutLabel(uuid4(), uuid4(), micrograph.pk, "particle", X, row * 0.9) for row in range(COUNT - 1)),
        PutLabel(OPERATION, uuid4(), micrograph.pk, "particle", X, Y),
        PutRegion(uuid4(), uuid4(), micrograph.pk, corners),
        PutVerdict(uuid4(), uuid4(), micrograph.pk, "move", X, Y, TARGET, TARGET),
        PutVerdict(uuid4(), uuid4(), micrograph.pk, "reject", 500.0, 500.0),
    ]
    _, results = apply_operations(people.project.pk, author, marks)
    assert {each.status for each in results} == {"applied"}
    people.project.refresh_from_db()
    return Secret(author, micrograph, [each.id for each in marks])


def make_marks(people: People, micrograph: Micrograph, actor: User) -> None:
    """What the other of the two has marked, and what everyone sees of another micrograph."""
    size = {"width": 640, "height": 640}
    shared = Micrograph.objects.create(project=people.project, name="shared", file_name="shared.mrc", **size)
    kinds = ("particle", "background", "contamination")
    puts = [PutLabel(uuid4(), uuid4(), each.pk, kind, 100, 50) for each in (micrograph, shared) for kind in kinds]
    apply_operations(people.project.pk, actor, puts)


def bodies(secret: Secret) -> dict[str, list[Any]]:
    """What is sent to addresses that would otherwise refuse it unread: more than one body where that asks for more."""
    hidden, pk = secret.ids[-4], secret.micrograph.pk
    label = {"micrograph": pk, "kind": "particle", "x": 9, "y": 9}
    operations = [
        {"operation": str(uuid4()), "type": "label.put", "id": str(hidden), **label},
        {"operation": str(uuid4()), "type": "label.delete", "id": str(hidden)},
    ]
    agreed = {"name": "agreed", "sets": ["labels", "networks"], "at_least": 1}
    return {
        "projects/<int:project_id>/operations": [{"operations": operations}],
        "projects/<int:project_id>/exports": [{"format": "csv"}, {"format": "csv", "micrograph": pk}],
        "projects/<int:project_id>/consensus": [agreed, {**agreed, "sets": ["final", f"labels:{secret.author.pk}"]}],
        "micrographs/<int:micrograph_id>/centres": [{"points": [[200, 200], [100, 100]]}],
        "micrographs/<int:micrograph_id>/labels": [{"labels": [{"x": 9, "y": 9}]}],
        "micrographs/<int:micrograph_id>": [{"note": "seen"}],
    }


def queries(secret: Secret, route: str) -> list[dict[str, Any]]:
    """What lists are narrowed by, and sets of picks compared by."""
    whole = {"limit": 500, "has_labels": "true", "first": "labels", "second": "networks"}
    of_author = {"first": "final", "second": f"labels:{secret.author.pk}"}
    return [whole, of_author] if route.endswith("comparisons") else [whole]


def ask(client: APIClient, method: str, url: str, body: Any = None) -> bytes:
    """All bytes of an answer, its headers among them; nothing that it does remains."""
    with transaction.atomic():
        data = "" if body is None else json.dumps(body)
        answer: Any = client.generic(method, url, data, "application/json")
        text: bytes = content(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return text if text[:2] == b"PK" else text + str(answer.headers).encode()


@dataclass(frozen=True)
class Asked:
    """`route`: the method, and the address as it stands in the list."""

    route: str
    method: str
    url: str
    body: Any


def asked(secret: Secret, address: Callable[..., str], user: int | None, reading: bool = False) -> Iterator[Asked]:
    """Every address, for somebody; all with the same rows in them. `reading`: only those that change nothing."""
    routes = [each for each in EVERYWHERE if each[0] == "GET" or not reading]
    urls, own = address("\n".join(route for _, route in routes), user).removeprefix("/api/v1/").split("?")
    for (method, route), url in zip(routes, urls.split("\n"), strict=True):
        if method == "GET":
            for query in queries(secret, route):
                yield Asked(f"{method} {route}", method, f"/api/v1/{url}?{own}&{urlencode(query)}", None)
        else:
            for body in bodies(secret).get(route, [None]):
                yield Asked(f"{method} {route}", method, f"/api/v1/{url}?{own}", body)


EVERYWHERE = [*ROUTES, ("GET", "me"), ("GET", "projects"), ("GET", "trainings")]
REVEALED = {
    "GET projects",
    "GET projects/<int:project_id>/snapshot",
    "GET projects/<int:project_id>/labels",
    "GET projects/<int:project_id>/final_picks",
    "GET projects/<int:project_id>/comparisons",
    "GET micrographs/<int:micrograph_id>/labels",
    "GET micrographs/<int:micrograph_id>/final_picks",
    "GET micrographs/<int:micrograph_id>/comparisons",
}


def found(
    people: People, who: dict[str, APIClient], address: Callable[..., str], secret: Secret, reading: bool = False
) -> set[str]:
    """Where something of the secret is, and for whom."""
    leaks = set()
    for name, client in who.items():
        with transaction.atomic():
            for each in asked(secret, address, user_of(client), reading):
                if secret.in_(ask(client, each.method, each.url, each.body)):
                    leaks.add(f"{name}: {each.route}")
            transaction.set_rollback(True)
    return leaks


def test_no_address_tells_anything_of_the_marks_of_another_person(
    people: People, clients: dict[str, APIClient], address: Callable[..., str], secret: Secret
) -> None:
    alike = {"expired token", "revoked token", "no token of ours", "token of manager", "token of viewer"}
    alike |= {"guest of a revoked link", "guest of another project", "token of annotator", "token of an outsider"}
    alike |= {"token with more than its person", "token of owner"}
    everyone = {name: client for name, client in clients.items() if name not in alike}
    assert found(people, everyone, address, secret) == set()


def test_the_author_and_after_the_reveal_everyone_finds_them_there(
    people: People, address: Callable[..., str], secret: Secret
) -> None:
    """The search can fail."""
    browser = APIClient()
    browser.force_login(secret.author)
    alone = REVEALED - {f"GET {each}/<int:{each[:-1]}_id>/comparisons" for each in ("projects", "micrographs")}
    assert {f"author: {each}" for each in alone} <= found(people, {"author": browser}, address, secret, reading=True)
    assert reveal_early(people.project.pk, people.owner, [secret.micrograph.pk]) == [secret.micrograph.pk]
    viewer = {"viewer": people.client("viewer")}
    assert {f"viewer: {each}" for each in REVEALED} <= found(people, viewer, address, secret, reading=True)


def test_no_answer_differs_from_what_it_would_be_without_them(
    people: People, address: Callable[..., str], secret: Secret
) -> None:
    """Nor do counts, filters or picks that are left out tell of them."""
    client = people.client("member")

    def answers() -> dict[str, bytes]:
        told = {}
        with transaction.atomic():
            for each in asked(secret, address, people.member.pk):
                if each.route != "POST projects/<int:project_id>/operations":  # an id that is taken is refused
                    told[f"{each.route} {each.body} {each.url}"] = plain(ask(client, each.method, each.url, each.body))
            transaction.set_rollback(True)
        return told

    with_them = answers()
    for kind in (Label, Region, Verdict):
        kind.objects.filter(author=secret.author).delete()
    Event.objects.filter(only_for=secret.author).delete()
    without = answers()
    assert [each for each, other in zip(without, with_them, strict=True) if without[each] != with_them[other]] == []


def plain(body: bytes) -> bytes:
    """Without what differs from one moment to the next."""
    return CHANGING.sub(b"", UUIDS.sub(b"", body))


def test_no_export_has_them_and_the_manifest_says_why(people: People, secret: Secret) -> None:
    export = exported(people)
    with ZipFile(BytesIO(export)) as archive:
        manifest = json.loads(archive.read("cryoweb_manifest.json"))
    assert not secret.in_(export)
    assert manifest["left_out"] == [{"reason": "labelled blind", "count": 1, "names": ["m"]}]
    reveal_early(people.project.pk, people.owner, [secret.micrograph.pk])
    assert secret.in_(exported(people))


def exported(people: People) -> bytes:
    """A finished export, as people get it."""
    export = start_export(people.project.pk, people.owner, ExportOptions("csv"))
    run_job(export.job_id)
    assert Export.objects.get(pk=export.pk).size, export.job.error
    return ask(people.client("viewer"), "GET", f"/api/v1/exports/{export.pk}/file")


def test_nothing_learns_from_them(people: People, secret: Secret) -> None:
    people.project.refresh_from_db()
    assert not secret.in_(json.dumps([marks_now(people.project), label_counts(people.project)]).encode())
    reveal_early(people.project.pk, people.owner, [secret.micrograph.pk])
    assert secret.in_(json.dumps(marks_now(people.project)).encode())


def test_the_past_does_not_tell_of_them(people: People, secret: Secret) -> None:
    def past(reader: User) -> bytes:
        return json.dumps(marks_at(people.project, people.project.sequence, reader=reader.pk)).encode()

    assert [secret.in_(past(reader)) for reader in (people.owner, people.member, secret.author)] == [False, False, True]


@pytest.mark.django_db(transaction=True)
async def test_no_socket_tells_of_them(people: People, secret: Secret) -> None:
    """Neither of what was, to a page that was away for long, nor of what comes; and of all when it is revealed."""
    heard: dict[str, bytes] = {}
    for who in ("owner", "member", "viewer"):
        async with socket(people, who, after=4_999_999) as browser:
            heard[who] = await said_until(browser, "caught_up")
            move = PutLabel(uuid4(), secret.ids[-4], secret.micrograph.pk, "particle", X, Y + 1)
            gone = DeleteMark(uuid4(), secret.ids[0], MARKS["label"])
            await database_sync_to_async(apply_operations)(people.project.pk, secret.author, [move, gone])
            heard[who] += await said_until(browser, "events")
    assert [who for who, said in heard.items() if secret.in_(said)] == []
    async with socket(people, "viewer", after=4_999_999) as browser:
        await said_until(browser, "caught_up")
        revealing = database_sync_to_async(reveal_early)
        await revealing(people.project.pk, people.owner, [secret.micrograph.pk])
        assert secret.in_(await said_until(browser, "events"))


async def said_until(browser: SocketCommunicator, kind: str) -> bytes:
    """All that a socket says, up to the next message of a type."""
    said = b""
    while True:
        text: str = (await browser.receive_output(5))["text"]
        said += text.encode()
        if json.loads(text)["type"] == kind:
            return said
