"""Administrators make, disable and enable accounts."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client, override_settings

from picking import signins
from picking.actions.people.tokens import NewToken, make_token
from picking.actions.projects.members import NewInvitation, invite, open_invitation
from picking.actions.projects.shared_links import share
from picking.models import Role, User
from picking.pages.signing_in import signin_path
from tests.people import People

WITH_MAIL = override_settings(CRYOWEB_MAIL=True)


@pytest.fixture
def root(db: None) -> User:
    return User.objects.create_superuser("root")


@pytest.fixture
def administrator(root: User) -> Client:
    client = Client()
    client.force_login(root)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def link_in(words: str) -> str:
    found = re.search(r"http://testserver(/signin/\d+/[\w-]+)", words)
    assert found
    return found[1]


def change(administrator: Client, user: User, what: str) -> str:
    """The page after it."""
    return text(administrator.post(f"/people/{user.pk}/{what}", follow=True))


PAGES = ["/people", "/people/new", "/people/{pk}"]
CHANGES = ["link", "disable", "enable", "make-administrator", "no-administrator", "reset-second-factor"]


@pytest.mark.parametrize("who", ["owner", "viewer", "staff", "guest", "anonymous"])
def test_nobody_but_administrators_has_these_pages(people: People, who: str) -> None:
    client = people.client(who if who in ("owner", "viewer") else "anonymous")
    if who == "staff":  # of Django's pages, but no administrator
        client.force_login(User.objects.create_user("staff", is_staff=True))
    elif who == "guest":
        _, token = share(people.project.pk, people.owner, "Lab meeting", NewInvitation(Role.VIEWER).lasts)
        client.get(f"/shared/{token}")
    status = 302 if who in ("guest", "anonymous") else 404
    for page in PAGES:
        assert client.get(page.format(pk=people.member.pk)).status_code == status
    for what in CHANGES:
        assert client.post(f"/people/{people.member.pk}/{what}").status_code == status
    assert client.post("/people/new", {"name": "more"}).status_code == status
    people.member.refresh_from_db()
    assert (people.member.is_active, people.member.is_superuser) == (True, False)


def test_the_list_says_who_there_is_and_finds_people(people: People, administrator: Client) -> None:
    share(people.project.pk, people.owner, "Lab meeting", NewInvitation(Role.VIEWER).lasts)
    page = text(administrator.get("/people"))
    assert page.count('data-testid="person"') == 5  # the guests of a link are no people
    row = page.split(f">{people.owner.username}<")[1].split("</tr>")[0]
    assert re.findall(r"<td[^>]*>([^<]*)</td>", row)[1:] == ["1", "never", "no", "member"]
    found = text(administrator.get("/people", {"search": "OWNER"}))
    assert found.count('data-testid="person"') == 1 and people.owner.username in found


def test_a_new_account_comes_with_a_link_that_signs_in_once(administrator: Client) -> None:
    page = text(administrator.post("/people/new", {"name": "carlotta"}))
    carlotta = User.objects.get(username="carlotta")
    assert (carlotta.has_usable_password(), carlotta.is_superuser) == (False, False)
    path = link_in(page)
    client = Client()
    assert [client.post(path)["Location"], Client().post(path)["Location"]] == ["/", "/signin"]
    assert client.get("/api/v1/me").json()["username"] == "carlotta"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": "root"}, "an account named"),
        ({"name": "guest 1"}, "letters, digits"),
        ({"name": "new", "address": "root@example.org"}, "Somebody else has this e-mail address"),
        ({"name": "new", "address": "no address"}, "valid email"),
    ],
)
def test_an_account_that_cannot_be_is_not_made(
    administrator: Client, root: User, form: dict[str, str], said: str
) -> None:
    EmailAddress.objects.create(user=root, email="root@example.org", verified=True)
    assert said in text(administrator.post("/people/new", form))
    assert User.objects.count() == 1


def test_an_address_that_an_administrator_gives_counts_as_confirmed(administrator: Client) -> None:
    administrator.post("/people/new", {"name": "new", "address": "New@example.org"})
    address = EmailAddress.objects.get(user__username="new")
    assert (address.email, address.verified, address.primary) == ("new@example.org", True, True)


def test_where_there_is_mail_the_link_is_sent_and_not_shown(administrator: Client) -> None:
    with WITH_MAIL:
        page = text(administrator.post("/people/new", {"name": "new", "address": "new@example.org"}))
    assert "/signin/" not in page
    assert mail.outbox[0].to == ["new@example.org"]
    assert Client().post(link_in(str(mail.outbox[0].body)))["Location"] == "/"


def test_disabling_ends_sessions_tokens_and_links_and_keeps_labels(people: People, administrator: Client) -> None:
    theirs = people.client("owner")
    assert theirs.get("/api/v1/me").status_code == 200
    sign_in = signins.sign_in_of(theirs.session)
    assert sign_in
    _, token = make_token(people.owner, NewToken("notebook", Role.VIEWER, 7))
    _, invitation = invite(people.project.pk, people.owner, NewInvitation(Role.VIEWER))
    _, shared = share(people.project.pk, people.owner, "Lab meeting", NewInvitation(Role.VIEWER).lasts)
    guest = Client()
    guest.get(f"/shared/{shared}")
    project = f"/api/v1/projects/{people.project.pk}"
    assert guest.get(project).status_code == 200
    one_time = signin_path(people.owner)

    change(administrator, people.owner, "disable")
    program = Client(headers={"Authorization": f"Bearer {token}"})
    assert [theirs.get("/api/v1/me").status_code, program.get("/api/v1/me").status_code] == [401, 401]
    assert guest.get(project).status_code == 401
    assert open_invitation(invitation) is None
    assert signins.ended([sign_in]) == {sign_in}
    assert Client().post(one_time)["Location"] == "/signin"
    assert people.project.memberships.filter(user=people.owner).exists()

    change(administrator, people.owner, "enable")
    assert program.get("/api/v1/me").status_code == 200
    assert theirs.get("/api/v1/me").status_code == 401  # what ended stays ended
    assert Client().post(one_time)["Location"] == "/signin"


def test_a_disabled_account_gets_no_link(people: People, administrator: Client) -> None:
    change(administrator, people.owner, "disable")
    assert "Enable the account first" in change(administrator, people.owner, "link")


def test_administrators_are_made_and_unmade_but_for_the_last_one(
    people: People, administrator: Client, root: User
) -> None:
    for what in ("disable", "no-administrator"):
        assert "only administrator" in change(administrator, root, what)
    change(administrator, people.owner, "make-administrator")
    for what in ("disable", "no-administrator"):
        assert "your own account" in change(administrator, root, what)
    root.refresh_from_db()
    assert (root.is_active, root.is_superuser) == (True, True)
    owner = people.client("owner")
    assert owner.get("/people").status_code == owner.get("/admin/").status_code == 200
    change(administrator, people.owner, "no-administrator")
    assert owner.get("/people").status_code == 404


def test_a_disabled_administrator_is_not_the_other_one(people: People, administrator: Client, root: User) -> None:
    User.objects.create_superuser("gone", is_active=False)
    assert "only administrator" in change(administrator, root, "disable")


def test_a_second_factor_is_reset(people: People, administrator: Client) -> None:
    Authenticator.objects.create(user=people.owner, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert "Reset it" in text(administrator.get(f"/people/{people.owner.pk}"))
    change(administrator, people.owner, "reset-second-factor")
    assert not Authenticator.objects.exists()


def test_the_person_of_a_shared_link_is_nobody_to_change(people: People, administrator: Client) -> None:
    link, _ = share(people.project.pk, people.owner, "Lab meeting", NewInvitation(Role.VIEWER).lasts)
    assert administrator.post(f"/people/{link.guest_id}/enable").status_code == 404
