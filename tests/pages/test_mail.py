"""E-mail addresses are confirmed, and passwords are reset by them, where the server can send mail."""

import re
from collections.abc import Iterator
from html import unescape
from smtplib import SMTPServerDisconnected
from typing import Any
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings

from cryoweb.accounts import account_settings, mail_settings
from picking.models import User
from tests.people import People

PASSWORD = "let me in, please"
NEW = "a long way to Basel"
NEWCOMER = {"username": "carlotta", "email": "carlotta@example.org", "password1": NEW, "password2": NEW}


@pytest.fixture
def with_mail(db: None) -> Iterator[None]:
    cache.clear()
    with override_settings(CRYOWEB_MAIL=True, CRYOWEB_SIGNUPS=True, **account_settings(mail=True)):
        yield


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def link() -> str:
    """The path in the last mail."""
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def signs_in(name: str, password: str) -> bool:
    client = Client()
    client.post("/signin", {"username": name, "password": password})
    return client.get("/api/v1/me").status_code == 200


def with_address(user: User, verified: bool = True) -> User:
    EmailAddress.objects.create(user=user, email="owner@example.org", verified=verified, primary=True)
    return user


def ask_for_reset(address: str = "owner@example.org") -> int:
    """The number of mails it sent."""
    before = len(mail.outbox)
    assert Client().post("/reset", {"email": address})["Location"] == "/reset/sent"
    return len(mail.outbox) - before


def test_who_signs_up_confirms_the_address_before_the_first_sign_in(with_mail: None) -> None:
    client = Client()
    assert client.post("/signup", NEWCOMER)["Location"] == "/signin/confirm"
    assert client.get("/api/v1/me").status_code == 401
    assert not signs_in("carlotta", NEW)
    assert "belongs to the account carlotta" in text(Client().get(link()))
    Client().post(link())
    assert signs_in("carlotta", NEW)


def test_an_address_that_is_taken_is_told_to_its_owner_alone(with_mail: None, people: People) -> None:
    with_address(people.owner)
    answer = Client().post("/signup", {**NEWCOMER, "email": "owner@example.org"})
    assert answer["Location"] == "/signin/confirm"
    assert "has one already" in str(mail.outbox[0].body)
    assert not User.objects.filter(username="carlotta").exists()


def test_without_mail_nothing_asks_for_an_address(db: None) -> None:
    with override_settings(CRYOWEB_SIGNUPS=True):
        form = {name: value for name, value in NEWCOMER.items() if name != "email"}
        assert "E-mail" not in text(Client().get("/signup"))
        assert Client().post("/signup", form)["Location"] == "/"
    assert signs_in("carlotta", NEW)
    assert mail.outbox == []


@pytest.mark.parametrize("name", ["guest 1", "a\u200bb", ""])
def test_names_are_those_that_an_invitation_takes(with_mail: None, name: str) -> None:
    assert Client().post("/signup", {**NEWCOMER, "username": name}).status_code == 200
    assert not User.objects.exists()


def test_nobody_signs_up_where_that_is_not_set(db: None) -> None:
    assert Client().get("/signup").status_code == Client().post("/signup", NEWCOMER).status_code == 404
    assert "Make an account" not in text(Client().get("/signin"))


def test_a_password_is_reset_by_a_link_that_holds_once(with_mail: None, people: People) -> None:
    name = with_address(people.owner).username
    elsewhere = people.client("owner")
    assert ask_for_reset() == 1
    client, path = Client(), link()
    form = client.get(path)["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    assert [signs_in(name, PASSWORD), signs_in(name, NEW)] == [False, True]
    assert elsewhere.get("/api/v1/me").status_code == 401
    assert "has run out or was used" in text(Client().get(path))


def test_a_reset_does_not_pass_by_the_second_factor(with_mail: None, people: People) -> None:
    name = with_address(people.owner).username
    Authenticator.objects.create(user=people.owner, type=Authenticator.Type.TOTP, data={"secret": "x"})
    ask_for_reset()
    client = Client()
    client.post(client.get(link())["Location"], {"password1": NEW, "password2": NEW})
    assert client.get("/api/v1/me").status_code == 401
    assert not signs_in(name, NEW)


@pytest.mark.parametrize("why", ["unknown", "not confirmed", "disabled"])
def test_no_link_goes_to_an_address_that_is_nobodys_for_sure(with_mail: None, people: People, why: str) -> None:
    if why != "unknown":
        with_address(people.owner, verified=why != "not confirmed")
    if why == "disabled":
        User.objects.update(is_active=False)
    assert ask_for_reset() == 0  # and the page does not tell


def test_many_resets_are_refused(with_mail: None, people: People) -> None:
    with_address(people.owner)
    asked = [Client().post("/reset", {"email": "owner@example.org"}).status_code for _ in range(8)]
    assert asked[:5] == [302] * 5 and asked[-1] == 429
    assert len(mail.outbox) == 5


def test_an_address_is_changed_with_the_password_again_and_when_it_is_confirmed(
    with_mail: None, people: People
) -> None:
    with_address(people.owner)
    client = people.client("owner")
    change = {"email": "new@example.org", "action_add": ""}
    assert client.post("/account/email", change)["Location"].startswith("/signin/again")
    client.post("/signin/again", {"password": PASSWORD})
    client.post("/account/email", change)
    assert EmailAddress.objects.get(verified=True).email == "owner@example.org"
    assert mail.outbox[-1].to == ["new@example.org"]
    client.post(link())
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("new@example.org", True)]
    people.owner.refresh_from_db()
    assert people.owner.email == "new@example.org"


def test_people_from_before_there_was_mail_sign_in_as_ever(with_mail: None, people: People) -> None:
    User.objects.filter(pk=people.owner.pk).update(email="owner@example.org")
    assert signs_in(people.owner.username, PASSWORD)
    assert mail.outbox == []


def test_a_mail_server_that_does_not_answer_is_said_in_words(with_mail: None, people: People) -> None:
    with_address(people.owner)
    with patch("django.core.mail.EmailMultiAlternatives.send", side_effect=SMTPServerDisconnected):
        page = text(Client().post("/reset", {"email": "owner@example.org"}, follow=True))
    assert "The mail could not be sent" in page


PAGES = ["/reset", "/reset/sent", "/reset/done", "/reset/1-key", "/account/email", "/account/email/key"]


@pytest.mark.parametrize("path", [*PAGES, "/signin/confirm"])
def test_without_mail_there_are_no_such_pages(people: People, path: str) -> None:
    client = people.client("owner")
    assert client.get(path).status_code == client.post(path).status_code == 404


@pytest.mark.parametrize("path", [*PAGES, "/signup", "/signin/confirm"])
def test_with_mail_each_looks_like_the_others(with_mail: None, people: People, path: str) -> None:
    client = people.client("owner") if path.startswith("/account") else Client()
    page = text(client.get(path))
    assert '<main class="sheet' in page and "<h1>" in page
    assert "<style" not in page and " style=" not in page
    assert all('src="' in tag.split(">")[0] for tag in page.split("<script")[1:])


def test_the_sign_in_page_says_whom_to_ask_where_there_is_no_mail(db: None) -> None:
    assert "Ask an administrator for a sign-in link" in text(Client().get("/signin"))


def test_a_mail_server_is_one_address() -> None:
    made = mail_settings("smtps://ann:a%40b@mail.example.org", "cryoweb@example.org")
    assert (made["EMAIL_HOST"], made["EMAIL_PORT"], made["EMAIL_HOST_PASSWORD"]) == ("mail.example.org", 465, "a@b")
    assert (made["EMAIL_USE_SSL"], made["EMAIL_USE_TLS"]) == (True, False)


@pytest.mark.parametrize(("url", "sender"), [("mail.example.org", "a@b.org"), ("smtp://mail.example.org", "")])
def test_a_mail_server_that_cannot_be_is_refused(url: str, sender: str) -> None:
    with pytest.raises(ValueError, match="CRYOWEB_MAIL"):
        mail_settings(url, sender)
