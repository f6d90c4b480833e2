"""Wrong passwords, tokens and links are counted; after too many one has to wait, and is told for how long."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import get_hasher
from django.core.management import call_command
from django.test import Client

from picking.actions.people.attempts import KEPT, LIMITS, WINDOW, Kind, begin_attempt, clear_old_attempts
from picking.models import FailedAttempt, User
from picking.pages.signing_in import signin_path
from tests.people import People

RIGHT = "let me in, please"
OF_NAME_HERE, FROM_HERE, OF_NAME = (limit.most for limit in LIMITS[Kind.PASSWORD])


def sign_in(name: str, password: str = "wrong", address: str = "192.0.2.1") -> Any:
    return Client(REMOTE_ADDR=address).post("/signin", {"username": name, "password": password})


def shut_out(name: str) -> None:
    for _ in range(OF_NAME_HERE):
        assert sign_in(name).status_code == 200


def pass_time(time: timedelta) -> None:
    for attempt in FailedAttempt.objects.all():
        FailedAttempt.objects.filter(pk=attempt.pk).update(at=attempt.at - time)


def test_after_too_many_wrong_passwords_the_right_one_has_to_wait_too(people: People) -> None:
    name = people.owner.username
    shut_out(name)
    answer = sign_in(name, RIGHT)
    assert "Too many failed attempts. Try again in 15 minutes" in answer.content.decode()
    assert answer.status_code == 429
    pass_time(WINDOW)
    assert sign_in(name, RIGHT).status_code == 302


def test_the_answer_says_when_to_try_again(people: People) -> None:
    shut_out(people.owner.username)
    pass_time(timedelta(minutes=10))
    answer = sign_in(people.owner.username)
    assert (answer.status_code, 280 < int(answer["Retry-After"]) <= 300) == (429, True)
    assert "Try again in 5 minutes" in answer.content.decode()


def test_who_is_shut_out_does_not_wait_longer_for_trying(people: People) -> None:
    shut_out(people.owner.username)
    for _ in range(3):
        assert sign_in(people.owner.username).status_code == 429
    assert FailedAttempt.objects.count() == OF_NAME_HERE


def test_others_and_other_places_are_not_shut_out(people: People) -> None:
    shut_out(people.owner.username)
    assert sign_in(people.member.username, RIGHT).status_code == 302
    assert sign_in(people.owner.username, RIGHT, address="192.0.2.2").status_code == 302


def test_names_that_nobody_has_are_counted_alike(people: People) -> None:
    shut_out("nobody")
    assert sign_in("nobody").status_code == 429


def test_many_names_from_one_place_are_refused(people: People) -> None:
    for number in range(FROM_HERE):
        assert sign_in(f"name{number}").status_code == 200
    assert sign_in(people.owner.username, RIGHT).status_code == 429
    assert sign_in(people.owner.username, RIGHT, address="192.0.2.2").status_code == 302


def test_one_name_from_many_places_is_refused(people: People) -> None:
    for number in range(OF_NAME):
        begin_attempt(Kind.PASSWORD, f"10.0.0.{number}", people.owner.username)
    assert sign_in(people.owner.username, RIGHT).status_code == 429


def test_the_addresses_of_one_ipv6_network_are_one_place(people: People) -> None:
    for number in range(OF_NAME_HERE):
        sign_in(people.owner.username, address=f"2001:db8::{number:x}")
    assert sign_in(people.owner.username, RIGHT, address="2001:db8::ffff:1").status_code == 429
    assert sign_in(people.owner.username, RIGHT, address="2001:db8:0:1::1").status_code == 302


def test_a_right_password_begins_anew(people: People) -> None:
    for password in ["wrong"] * (OF_NAME_HERE - 1) + [RIGHT]:
        sign_in(people.owner.username, password)
    assert not FailedAttempt.objects.exists()


def test_an_attempt_is_counted_before_its_password_is_checked(people: People) -> None:
    """Else any number of them at the same moment would be within the limit."""
    counted: list[int] = []
    with patch(
        "django.contrib.auth.forms.authenticate", lambda *_, **__: counted.append(FailedAttempt.objects.count())
    ):
        sign_in(people.owner.username)
    assert counted == [1]


def test_whoever_changes_a_password_cannot_guess_the_old_one(people: People) -> None:
    client = people.client("owner")
    new = {"new_password1": "a new long word", "new_password2": "a new long word"}
    for _ in range(OF_NAME_HERE):
        client.post("/account", {"old_password": "wrong", **new})
    assert "Too many failed attempts" in client.post("/account", {"old_password": RIGHT, **new}).content.decode()
    people.owner.refresh_from_db()
    assert people.owner.check_password(RIGHT)


def test_an_administrator_lets_somebody_try_again(people: People) -> None:
    shut_out(people.owner.username)
    shut_out(people.member.username)
    call_command("unlock", people.owner.username)
    assert sign_in(people.owner.username, RIGHT).status_code == 302
    assert sign_in(people.member.username, RIGHT).status_code == 429
    call_command("unlock")
    assert sign_in(people.member.username, RIGHT).status_code == 302


def test_a_sign_in_link_opens_to_who_is_shut_out(people: People) -> None:
    shut_out(people.owner.username)
    assert Client(REMOTE_ADDR="192.0.2.1").post(signin_path(people.owner))["Location"] == "/"


@pytest.mark.parametrize(("who", "status"), [("root", 200), ("owner", 302), ("viewer", 302), ("anonymous", 302)])
def test_administrators_see_failed_attempts_and_delete_them(people: People, who: str, status: int) -> None:
    shut_out(people.member.username)
    client = Client()
    if who != "anonymous":
        client.force_login(User.objects.create_superuser("root") if who == "root" else getattr(people, who))
    page = client.get("/admin/picking/failedattempt/")
    assert (page.status_code, people.member.username in page.content.decode()) == (status, who == "root")
    assert client.get("/admin/picking/failedattempt/add/").status_code == (403 if who == "root" else 302)
    chosen = {"action": "delete_selected", "_selected_action": list(FailedAttempt.objects.values_list("pk", flat=True))}
    client.post("/admin/picking/failedattempt/", {**chosen, "post": "yes"})
    assert FailedAttempt.objects.exists() == (who != "root")


def test_wrong_tokens_are_refused_for_a_while_and_right_ones_are_not(people: People) -> None:
    asked = {"name": "notebook", "role": "viewer", "project": people.project.pk, "days": 7}
    text = people.client("owner").post("/api/v1/tokens", asked, format="json").json()["text"]

    def ask(token: str) -> Any:
        return Client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})

    for number in range(LIMITS[Kind.TOKEN][0].most):
        assert ask(f"cryoweb_{number}").status_code == 401
    refused = ask("cryoweb_more")
    assert (refused.status_code, 0 < int(refused["Retry-After"]) <= 900) == (429, True)
    assert ask(text).status_code == 200


@pytest.mark.parametrize("path", ["/shared/wrong", "/join/wrong", "/signin/1/wrong"])
def test_wrong_links_are_refused_for_a_while(people: People, path: str) -> None:
    for _ in range(LIMITS[Kind.LINK][0].most):
        assert Client().get(path).status_code in (410, 302)
    refused = Client().get(path)
    assert (refused.status_code, "Too many failed attempts" in refused.content.decode()) == (429, True)


def test_failed_attempts_are_forgotten_after_a_day(people: People) -> None:
    shut_out(people.owner.username)
    assert clear_old_attempts() == 0
    pass_time(KEPT)
    assert clear_old_attempts() == OF_NAME_HERE


@pytest.fixture
def hashed() -> Iterator[list[str]]:
    """The passwords that were hashed: that is what takes the time."""
    hasher = type(get_hasher())
    real, seen = hasher.encode, list[str]()

    def encode(self: Any, password: str, *rest: Any, **more: Any) -> str:
        seen.append(password)
        return str(real(self, password, *rest, **more))

    with patch.object(hasher, "encode", encode):
        yield seen


@pytest.mark.parametrize("who", ["known", "unknown", "without a password", "deactivated"])
def test_a_wrong_password_takes_as_long_as_an_unknown_name(db: None, hashed: list[str], who: str) -> None:
    User.objects.create_user("known", password=RIGHT)
    User.objects.create_user("without a password")
    User.objects.create_user("deactivated", password=RIGHT, is_active=False)
    hashed.clear()
    words = sign_in(who).content.decode()
    assert len(hashed) == 1
    assert "Wrong name or password" in words
