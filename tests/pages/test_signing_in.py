"""Signing in, and the page of the application."""

import pytest
from django.conf import settings
from django.test import Client

from picking.models import User
from picking.pages import application
from picking.pages.signing_in import signin_path
from tests.people import People


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_superuser("admin")


def test_the_printed_link_signs_the_administrator_in_once(admin: User) -> None:
    path = signin_path(admin)
    assert Client().post(path).headers["Location"] == "/"
    assert Client().post(path).headers["Location"] == "/signin"


def test_a_program_that_looks_at_the_link_does_not_use_it_up(admin: User) -> None:
    path = signin_path(admin)
    assert Client().get(path).status_code == 200
    assert Client().post(path).headers["Location"] == "/"


@pytest.mark.parametrize("path", ["/signin/1/made-up", "/signin/x/made-up", "/signin/999/made-up"])
def test_a_made_up_link_leads_to_the_sign_in_page(admin: User, path: str) -> None:
    assert Client().post(path).headers["Location"] == "/signin"


def test_a_link_of_an_account_that_was_closed_opens_nothing(admin: User) -> None:
    path = signin_path(admin)
    admin.is_active = False
    admin.save()
    assert Client().post(path).headers["Location"] == "/signin"


def test_a_name_and_password_sign_in(people: People) -> None:
    form = {"username": people.owner.username, "password": "let me in, please"}
    assert Client().post("/signin", form).headers["Location"] == "/"


def test_a_wrong_password_is_answered_in_words(people: People) -> None:
    answer = Client().post("/signin", {"username": people.owner.username, "password": "no"})
    assert "Wrong name or password" in answer.content.decode()


@pytest.mark.parametrize("path", ["/", "/projects/1"])
def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(db: None, path: str) -> None:
    assert Client().get(path).headers["Location"] == f"/signin?next={path}"


def test_the_application_page_names_the_built_script(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "built_entry", lambda: {"file": "assets/main-abc.js", "css": ["assets/a.css"]})
    page = people.client("owner").get("/projects/1").content.decode()
    assert f'src="{settings.STATIC_URL}assets/main-abc.js"' in page


def test_the_page_of_a_project_asks_for_it_while_the_script_is_loaded(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "built_entry", lambda: {"file": "assets/main-abc.js", "css": []})
    early = '<link rel="preload" as="fetch" crossorigin href="/api/v1/projects/1/snapshot">'
    pages = [people.client("owner").get(path) for path in ("/projects/1", "/", "/projects/1/snapshots/2")]
    assert [early in page.content.decode() for page in pages] == [True, False, False]


@pytest.mark.parametrize("path", ["/signin", "/projects/1", "/account"])
def test_the_theme_that_a_person_chose_comes_with_the_page(
    people: People, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(application, "built_entry", lambda: {"file": "assets/main-abc.js", "css": []})
    client = Client() if path == "/signin" else people.client("viewer")
    assert 'data-theme=""' in client.get(path).content.decode()
    client.cookies["cryoweb_theme"] = "dark"
    assert 'data-theme="dark"' in client.get(path).content.decode()


def test_a_frontend_that_is_not_built_is_said_plainly(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "built_entry", lambda: None)
    answer = people.client("owner").get("/")
    assert (answer.status_code, "make build" in answer.content.decode()) == (503, True)


def test_who_came_by_a_link_sets_a_password_without_an_old_one(admin: User) -> None:
    client = Client()
    client.post(signin_path(admin))
    word = "a long way to Basel"
    client.post("/account", {"new_password1": word, "new_password2": word})
    admin.refresh_from_db()
    assert admin.check_password(word)
    assert client.get("/account").status_code == 200


def test_who_has_a_password_is_asked_for_it(people: People) -> None:
    word = "a long way to Basel"
    client = people.client("owner")
    client.post("/account", {"new_password1": word, "new_password2": word, "old_password": "wrong"})
    people.owner.refresh_from_db()
    assert not people.owner.check_password(word)
