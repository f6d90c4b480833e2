"""A code of a telephone beside the password. Codes are made as RFC 6238 says, by this file."""

import hmac
import re
import time
from base64 import b32decode
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver

from picking.actions.people.attempts import LIMITS, Kind
from picking.models import FailedAttempt, User
from picking.pages.signing_in import signin_path
from tests.people import People

PASSWORD = "let me in, please"
APP = "/account/second-factor/app"
CODES_HERE = LIMITS[Kind.CODE][0].most


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    cache.clear()  # which codes were used


def code(secret: str, steps: int = 0) -> str:
    """What an app shows now, or `steps` half minutes later."""
    counter = int(time.time()) // 30 + steps
    digest = hmac.digest(b32decode(secret), counter.to_bytes(8), "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def confirm(client: Client, path: str) -> Any:
    """Opens what is delicate, with the password again."""
    answer = client.get(path)
    assert answer.status_code == 302
    return client.post(answer["Location"], {"password": PASSWORD, "next": path}, follow=True)


def set_up(user: User) -> tuple[str, list[str]]:
    """The secret of the app, and the recovery codes."""
    client = Client()
    client.force_login(user)
    found = re.search(r'data-testid="secret">(\w+)<', text(confirm(client, APP)))
    assert found
    # A step before, so that the codes of now can still be used.
    page = text(client.post(APP, {"code": code(found[1], -1)}, follow=True))
    cache.clear()
    return found[1], re.findall(r"<li>(\d+)</li>", page)


def sign_in(user: User, client: Client, to: str = "/") -> str:
    answer = client.post("/signin", {"username": user.username, "password": PASSWORD, "next": to})
    return str(answer["Location"])


def works(client: Client) -> bool:
    return client.get("/api/v1/me").status_code == 200


def test_a_password_alone_does_not_sign_in_any_more(people: People) -> None:
    secret, recovery = set_up(people.owner)
    assert len(recovery) == 10
    client = Client()
    assert sign_in(people.owner, client, "/projects/7") == "/signin/code"
    assert not works(client)
    assert "Wrong code" in text(client.post("/signin/code", {"code": "000000"}))
    assert not works(client)
    assert client.post("/signin/code", {"code": code(secret)})["Location"] == "/projects/7"
    assert works(client)


def test_a_one_time_link_takes_the_place_of_the_password_alone(people: People) -> None:
    secret, _ = set_up(people.owner)
    client = people.client("member")  # somebody else, who is signed in there
    assert client.post(signin_path(people.owner))["Location"] == "/signin/code"
    assert not works(client)
    assert client.post("/signin/code", {"code": code(secret)})["Location"] == "/"
    assert client.get("/api/v1/me").json()["username"] == people.owner.username


def test_a_code_signs_in_once(people: People) -> None:
    secret, recovery = set_up(people.owner)
    for once in (code(secret), recovery[0]):
        clients = Client(), Client()
        for client in clients:
            sign_in(people.owner, client)
            client.post("/signin/code", {"code": once})
        assert [works(client) for client in clients] == [True, False]


def test_after_too_many_wrong_codes_the_right_one_has_to_wait_too(people: People) -> None:
    secret, _ = set_up(people.owner)
    client = Client()
    sign_in(people.owner, client)
    for number in range(CODES_HERE):
        assert "Wrong code" in text(client.post("/signin/code", {"code": f"00000{number}"}))
    again = Client()  # and the password once more does not help
    sign_in(people.owner, again)
    for browser in (client, again):
        page = text(browser.post("/signin/code", {"code": code(secret)}))
        assert "Too many failed attempts" in page and not works(browser)
    assert FailedAttempt.objects.filter(kind=Kind.CODE, name=people.owner.username).count() == CODES_HERE


@pytest.mark.parametrize("path", ["/signin/again", "/signin/again/code", APP])
def test_whoever_finds_a_browser_signed_in_cannot_guess_either(people: People, path: str) -> None:
    client = people.client("owner")
    if path == "/signin/again/code":
        set_up(people.owner)
    elif path == APP:
        confirm(client, APP)
    for _ in range(CODES_HERE):
        client.post(path, {"password": "wrong", "code": "000000"})
    page = text(client.post(path, {"password": PASSWORD, "code": "000000"}))
    assert "Too many failed attempts" in page


def test_it_is_removed_with_the_password_again(people: People) -> None:
    set_up(people.owner)
    client = people.client("owner")
    remove = APP + "/remove"
    assert client.post(remove)["Location"].startswith("/signin/again")
    assert Authenticator.objects.exists()
    confirm(people.client("owner"), APP.replace("/app", "/codes/new"))
    client.post("/signin/again", {"password": PASSWORD})
    client.post(remove)
    assert not Authenticator.objects.exists()  # the recovery codes go with it
    assert sign_in(people.owner, Client()) == "/"


def test_who_has_no_password_is_not_asked_for_it(people: People) -> None:
    person = User.objects.create_user("carlotta")
    client = Client()
    client.force_login(person)
    assert client.get(APP).status_code == 200


def test_a_command_resets_it_for_an_administrator_who_is_alone(people: People) -> None:
    set_up(people.owner)
    call_command("reset_second_factor", people.owner.username)
    assert sign_in(people.owner, Client()) == "/"


PAGES = ["", "/app", "/app/remove", "/codes", "/codes/new", "/codes/download", "/passkeys/new", "/passkeys/1"]


@pytest.mark.parametrize("page", PAGES)
def test_these_pages_are_for_people_who_are_signed_in(people: People, page: str) -> None:
    for method in ("get", "post"):
        answer = getattr(Client(), method)("/account/second-factor" + page)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/signin")


def test_a_passkey_of_somebody_else_is_not_there(people: People) -> None:
    theirs = Authenticator.objects.create(user=people.owner, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    client = people.client("member")
    client.get(APP)
    client.post("/signin/again", {"password": PASSWORD})
    for path in (f"/account/second-factor/passkeys/{theirs.pk}", f"/account/second-factor/passkeys/{theirs.pk}/remove"):
        assert client.post(path, {"name": "mine"}).status_code == 404


def test_a_made_up_passkey_signs_nobody_in(people: People) -> None:
    client = Client()
    assert "request_options" in client.get("/signin/passkey", headers={"Accept": "application/json"}).json()
    for credential in ("{}", '{"id": "a", "response": {"userHandle": "MQ"}}', "no"):
        assert client.post("/signin/passkey", {"credential": credential})["Location"] == "/signin"
    assert not works(client)


def test_addresses_of_allauth_that_we_do_not_use_do_not_exist(db: None) -> None:
    for path in ("/accounts/login/", "/login/", "/2fa/", "/sessions/", "/3rdparty/", "/social/signup/", "/signup/"):
        assert Client().get(path).status_code == 404
    named = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not named & {"mfa_trust", "mfa_signup_webauthn", "account_request_login_code", "usersessions_list"}
