"""The forms of an account. One table of cases holds the page's checks and Django's together."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.forms import BaseForm
from django.test import Client, RequestFactory

from picking.actions.projects.members import NewInvitation, invite
from picking.models import Role, User
from picking.pages.forms import FirstPassword, NewAccount, NewPassword
from tests.people import People

CASES = json.loads((Path(__file__).parent.parent / "data" / "account_fields.json").read_text())["fields"]
FIELDS = {"name": "username", "password": "password1", "again": "password2"}
ASKED = RequestFactory().get("/account")
WORD = "a long way to Basel"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']} {case['value']}")
def test_django_takes_and_refuses_what_the_table_says(db: None, case: dict[str, Any]) -> None:
    data = {"username": "carlotta", "password1": WORD, "password2": WORD, FIELDS[case["rule"]]: case["value"]}
    if case["rule"] == "password":
        data["password2"] = case["value"]
    assert bool(NewAccount(data).errors) == case["server"]


def test_the_page_refuses_nothing_that_django_takes() -> None:
    assert [case for case in CASES if case["page"] and not case["server"]] == []


def test_every_field_that_sets_an_account_has_one_short_hint_and_a_check(people: People) -> None:
    forms: list[BaseForm] = [
        NewAccount(),
        FirstPassword(people.owner),
        NewPassword(people.owner, request=ASKED),
    ]
    for form in forms:
        checked = [field for name, field in form.fields.items() if name != "old_password"]
        assert all(0 < len(field.help_text) <= 32 for field in checked)
        assert all(field.widget.attrs["data-check"] in FIELDS for field in checked)


def joined(people: People, **changed: str) -> tuple[str, int]:
    """The page after an answer to an invitation, and its status."""
    _, token = invite(people.project.pk, people.owner, NewInvitation(Role.VIEWER))
    form = {"username": "new", "password1": WORD, "password2": WORD, **changed}
    answer = Client().post(f"/join/{token}", form)
    return answer.content.decode(), answer.status_code


def test_an_error_stands_beside_its_field(people: People) -> None:
    page, _ = joined(people, username=people.owner.username, password2="another way")
    for field in ("username", "password2"):
        error = page.split(f'id="id_{field}_error"')[1].split("</p>")[0]
        assert len(error) > len(' aria-live="polite">')
        described = page.split(f'name="{field}"')[1].split(">")[0]
        assert f"id_{field}_helptext id_{field}_error" in described and 'aria-invalid="true"' in described


def test_a_common_password_is_said_at_the_password_and_not_at_its_repetition(people: People) -> None:
    data = {"username": "new", "password1": "password1", "password2": "password1"}
    assert list(NewAccount(data).errors) == ["password1"]
    set_first = {"new_password1": "password1", "new_password2": "password1"}
    assert list(FirstPassword(people.owner, set_first).errors) == ["new_password1"]
    changed = {**set_first, "old_password": "let me in, please"}
    assert list(NewPassword(people.owner, changed, request=ASKED).errors) == ["new_password1"]


def test_a_name_and_a_password_make_an_account_and_join(people: People) -> None:
    assert joined(people)[1] == 302
    assert people.project.memberships.filter(user=User.objects.get(username="new"), role=Role.VIEWER).exists()


@pytest.mark.parametrize("character", ["\n", "\x07", "\u202e", "\u200b"])
def test_an_account_name_has_no_characters_that_do_not_show(people: People, character: str) -> None:
    form = NewAccount(
        {"username": f"a{character}b", "password1": "let me in, please", "password2": "let me in, please"}
    )
    assert list(form.errors) == ["username"]


@pytest.mark.parametrize("path", ["/signin", "/account"])
def test_no_script_or_style_is_written_into_the_page(people: People, path: str) -> None:
    client = Client() if path == "/signin" else people.client("owner")
    page = client.get(path).content.decode()
    assert "<style" not in page and " style=" not in page and " on" not in page.replace(" once", "")
    assert all('src="' in tag.split(">")[0] for tag in page.split("<script")[1:])
