"""The rules that ZAP's baseline scan goes by, written again for every address: none may find anything above low.

Rules are named with their numbers at https://www.zaproxy.org/docs/alerts/.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from picking.models import User
from picking.server.headers import METHODS
from tests.api.test_access import World, world  # noqa: F401 - a fixture
from tests.people import People

MARKER = "zap<'\">7f3"


def addresses(patterns: list[Any], before: str = "") -> Iterator[str]:
    """Every address there is, as a route; a pattern that takes all else comes out as what it begins with."""
    for each in patterns:
        here = before + re.sub(r"[\^$]|\(.*", "", str(each.pattern))
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, here)
        elif isinstance(each, URLPattern):
            yield f"/{here}"


ALL = sorted({*addresses(get_resolver().url_patterns), "/projects/1", "/nowhere", "/static/", "/static/nothing.js"})
OURS = [each for each in ALL if not each.startswith("/admin/")] + ["/admin/", "/admin/login/", "/admin/picking/user/"]


def fill(route: str, ids: dict[str, Any]) -> str:
    """What no id is known for gets one that nothing has."""
    for name, value in ids.items():
        route = route.replace(f"<{name}>", str(value))
    return re.sub(r"<int:\w+>", "999999", re.sub(r"<(uuid|str|path):?\w*>", str(uuid4()), route))


Rule = Callable[[Any, str], bool]
RULES: dict[str, Rule] = {
    "10020 it may be framed": lambda answer, text: answer.headers.get("X-Frame-Options") != "DENY",
    "10021 its type may be guessed": lambda answer, text: answer.headers.get("X-Content-Type-Options") != "nosniff",
    "10038 no policy": lambda answer, text: "default-src 'none'" not in answer.headers.get("Content-Security-Policy"),
    "10055 a policy that allows inline code": lambda answer, text: "unsafe" in answer["Content-Security-Policy"],
    "10063 no permissions policy": lambda answer, text: "camera=()" not in answer.headers.get("Permissions-Policy", ""),
    "90004 others may embed it": lambda answer, text: (
        answer.headers.get("Cross-Origin-Resource-Policy") != "same-origin"
    ),
    "10015 caches may keep it": lambda answer, text: (
        not re.search("no-store|no-cache|private", answer.headers.get("Cache-Control", ""))
    ),
    "10049 anybody's cache may keep it": lambda answer, text: "public" in answer.headers.get("Cache-Control", ""),
    "10098 other origins may read it": lambda answer, text: "Access-Control-Allow-Origin" in answer.headers,
    "10036 the server names itself": lambda answer, text: "Server" in answer.headers,
    "10037 it says what runs it": lambda answer, text: any(name.startswith("X-Powered") for name in answer.headers),
    "10061 it tells a version": lambda answer, text: "X-AspNet-Version" in answer.headers,
    "10019 no type": lambda answer, text: bool(answer.content) and not answer.headers.get("Content-Type"),
    "10023 a message of a debugger": lambda answer, text: bool(
        re.search("Traceback|DEBUG = True|Exception Type", text)
    ),
    "90022 an error of a library": lambda answer, text: bool(
        re.search(r"site-packages|django\.db|sqlite3\.|psycopg", text)
    ),
    "10009 a path of the server": lambda answer, text: bool(re.search(r"/(home|root|usr/lib|var/lib|tmp)/\w", text)),
    "2 a private address": lambda answer, text: bool(re.search(r"\b(192\.168|10\.\d+\.\d+|172\.16)\.\d+\b", text)),
    "10033 a listing of a folder": lambda answer, text: "Index of /" in text,
    "40012 what was asked comes back as code": lambda answer, text: MARKER in text and "html" in answer["Content-Type"],
    "10017 a script of elsewhere": lambda answer, text: bool(
        re.search(r"<(script|link)[^>]+(src|href)=.https?:", text)
    ),
    "10202 a form without a token": lambda answer, text: (
        len(re.findall(r"<form[^>]*method=[\"']?post", text)) > text.count("csrfmiddlewaretoken")
    ),
    "10010 a script may read a cookie": lambda answer, text: any(
        not cookie["httponly"] for name, cookie in answer.cookies.items() if name == "sessionid"
    ),
    "10054 a cookie for other sites": lambda answer, text: any(
        cookie["samesite"] not in ("Lax", "Strict") for cookie in answer.cookies.values() if cookie.value
    ),
    "3 the session is in an address": lambda answer, text: "sessionid=" in text + answer.headers.get("Location", ""),
}


def findings(answer: Any) -> list[str]:
    """What the rules have against an answer."""
    if getattr(answer, "streaming", False):
        answer.content = b"".join(answer.streaming_content)
    text = answer.content.decode(errors="replace")
    return [name for name, finds in RULES.items() if finds(answer, text)]


@pytest.fixture(scope="module")
def asked(world: World) -> Callable[[str, str], list[str]]:  # noqa: F811
    """Asks as the owner, as an administrator and as nobody."""
    root = Client(raise_request_exception=False)
    root.force_login(User.objects.create_superuser("root"))
    ids = {**world.ids, **world.own[world.people.owner.pk]}
    everybody = {"owner": world.everyone["owner"].client, "root": root, "nobody": Client(raise_request_exception=False)}

    def ask(method: str, route: str) -> list[str]:
        path = fill(route, ids)
        found = []
        for name, client in everybody.items():
            answer = client.generic(method, path, QUERY_STRING=f"micrograph={ids['int:micrograph_id']}&q={MARKER}")
            found += [f"{name}: {rule}" for rule in findings(answer)]
            if method not in METHODS and answer.status_code != 405:
                found.append(f"{name}: 90028 {method} is answered")
        return found

    return ask


@pytest.mark.parametrize("route", OURS)
@pytest.mark.django_db
def test_no_address_breaks_a_rule_of_the_scanner(asked: Callable[[str, str], list[str]], route: str) -> None:
    assert asked("GET", route) == []
    assert asked("TRACE", route) == []


HIDDEN = ["/.git/config", "/.env", "/manage.py", "/cryoweb.sqlite3", "/secret_key", "/static/../manage.py", "/media/"]
HIDDEN += ["/static/%2e%2e/%2e%2e/manage.py", "/backup.zip", "/server-status", "/phpinfo.php", "/api/v1/../../.env"]


@pytest.mark.parametrize("path", HIDDEN)
def test_files_that_scanners_ask_for_are_not_there(client: Client, path: str, db: None) -> None:
    answer = client.get(path)
    assert (answer.status_code, findings(answer)) == (404, [])


@pytest.mark.parametrize("there", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
def test_signing_in_leads_to_no_other_site(people: People, there: str) -> None:
    form = {"username": people.owner.username, "password": "let me in, please", "next": there}
    assert Client().post("/signin", form).headers["Location"] == "/"


def test_a_rule_finds_what_it_is_for(client: Client, db: None) -> None:
    answer = client.get("/signin")
    for name in ("X-Frame-Options", "Cache-Control", "Permissions-Policy"):
        del answer.headers[name]
    answer.headers["Server"] = "something 1.0"
    answer.content = b"<form method=post>Traceback /home/anna <script src='http://a.example'></script>"
    found = {int(name.split()[0]) for name in findings(answer)}
    assert found == {10020, 10063, 10015, 10036, 10023, 10009, 10017, 10202}
