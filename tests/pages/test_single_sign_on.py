"""Single sign-on, with a provider that really signs, over loopback."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client, override_settings

from cryoweb import accounts
from picking.models import User
from picking.pages.single_sign_on import may_come_in
from tests import oidc_provider
from tests.oidc_provider import CLIENT_ID, OTHER_KEY, SECRET, Provider
from tests.people import People

PASSWORD = "let me in, please"
ANNA = {"sub": "1234", "email": "anna@example.org", "email_verified": True, "preferred_username": "anna"}


@pytest.fixture(scope="module")
def server() -> Iterator[Provider]:
    with oidc_provider.running() as provider:
        yield provider


@pytest.fixture
def provider(server: Provider) -> Iterator[Provider]:
    cache.clear()
    fresh = Provider()
    server.claims, server.signed_with = dict(ANNA), fresh.signed_with
    server.told, server.userinfo = {}, {}
    with configured(server, new_accounts=True):
        yield server


def configured(
    server: Provider, who: tuple[str, ...] = ("*",), new_accounts: bool = False, secret: str = SECRET
) -> override_settings:
    one = accounts.Provider(server.address, CLIENT_ID, secret, "the institute", who, new_accounts)
    return override_settings(**accounts.single_sign_on_settings(one))


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def leave(client: Client, to: str = "/", connect: bool = False) -> str:
    """The address of the provider that the page leads to."""
    answer = client.post("/signin/sso" + ("?process=connect" if connect else ""), {"next": to})
    assert answer.status_code == 200, answer.content
    return text(answer).split('content="0;url=')[1].split('"')[0]


def come_back(client: Client, **how: Any) -> Any:
    """Signs in at the provider, and follows it back."""
    answer = requests.get(leave(client, **how), allow_redirects=False, timeout=10)
    back = answer.headers["Location"]
    assert back.startswith("http://testserver/signin/sso/back?")
    return client.get(back.removeprefix("http://testserver"))


def who(client: Client) -> str | None:
    answer = client.get("/api/v1/me")
    return str(answer.json()["username"]) if answer.status_code == 200 else None


def confirmed(user: User, address: str = "anna@example.org", verified: bool = True) -> User:
    EmailAddress.objects.create(user=user, email=address, verified=verified, primary=True)
    return user


def test_somebody_new_gets_an_account_and_the_same_one_next_time(provider: Provider, db: None) -> None:
    for _ in range(2):
        client = Client()
        assert come_back(client, to="/projects/3")["Location"] == "/projects/3"
        assert who(client) == "anna"
    anna = User.objects.get()
    assert (anna.has_usable_password(), anna.is_superuser, anna.is_staff) == (False, False, False)
    assert EmailAddress.objects.get().verified


def test_accounts_are_made_only_where_that_is_set(provider: Provider, db: None) -> None:
    with configured(provider):
        answer = come_back(Client())
    assert (answer.status_code, "You have no account here" in text(answer)) == (403, True)
    assert not User.objects.exists()


def test_an_account_with_the_same_confirmed_address_is_linked(provider: Provider, people: People) -> None:
    confirmed(people.owner, "Anna@Example.org")
    client = Client()
    with configured(provider):
        come_back(client)
    assert who(client) == people.owner.username
    provider.claims["email"] = "other@example.org"  # known from now on, whatever the address
    client = Client()
    come_back(client)
    assert who(client) == people.owner.username


@pytest.mark.parametrize("ours", [True, False])
def test_an_address_that_one_of_both_does_not_know_links_nothing(
    provider: Provider, people: People, ours: bool
) -> None:
    """Else whoever types somebody's address, there or here, would come in as them."""
    confirmed(people.owner, verified=ours)
    provider.claims["email_verified"] = not ours
    client = Client()
    come_back(client)
    assert who(client) == ("anna" if ours else None)
    assert not SocialAccount.objects.filter(user=people.owner).exists()


def test_an_account_of_the_same_name_is_not_taken_over(provider: Provider, db: None) -> None:
    taken = User.objects.create_user("anna")
    client = Client()
    come_back(client)
    assert who(client) not in (None, "anna")
    assert not SocialAccount.objects.filter(user=taken).exists()


def test_who_may_come_in_is_asked_each_time(provider: Provider, people: People) -> None:
    confirmed(people.owner)
    provider.claims["groups"] = ["cryo"]
    with configured(provider, ("%cryo",)):
        client = Client()
        come_back(client)
        assert who(client) == people.owner.username
        provider.claims["groups"] = []
        answer = come_back(Client())
        assert (answer.status_code, "may not come in" in text(answer)) == (403, True)


@pytest.mark.parametrize(
    ("named", "yes"),
    [
        ([], True),
        (["*"], True),
        (["@example.org"], True),
        (["ANNA@example.org"], True),
        (["%cryo"], True),
        (["@ample.org"], False),
        (["ben@example.org", "%other"], False),
    ],
)
def test_people_are_named_by_domain_address_or_group(named: list[str], yes: bool) -> None:
    assert may_come_in({**ANNA, "groups": ["/cryo"]}, named) == yes


def test_an_address_that_is_not_confirmed_names_nobody() -> None:
    assert not may_come_in({**ANNA, "email_verified": False}, ["@example.org", "anna@example.org"])


@pytest.mark.parametrize("wrong", ["key", "audience", "issuer", "time", "state", "secret", "subject", "code"])
def test_what_the_provider_did_not_say_to_us_signs_nobody_in(provider: Provider, people: People, wrong: str) -> None:
    confirmed(people.owner)
    told = {"audience": ("aud", "another"), "issuer": ("iss", "http://another"), "time": ("exp", 1)}
    provider.told = dict([told[wrong]]) if wrong in told else {}
    if wrong == "key":
        provider.signed_with = OTHER_KEY
    elif wrong == "subject":
        provider.userinfo = {**ANNA, "sub": "another"}
    client = Client()
    if wrong == "state":  # begun in another browser
        back = requests.get(leave(Client()), allow_redirects=False, timeout=10).headers["Location"]
        answer = client.get(back.removeprefix("http://testserver"))
    elif wrong == "code":
        state = leave(client).split("state=")[1].split("&")[0]
        answer = client.get(f"/signin/sso/back?code=guessed&state={state}")
    else:
        with configured(provider, secret="wrong" if wrong == "secret" else SECRET):
            answer = come_back(client)
    assert "Not signed in" in text(answer)
    assert who(client) is None


def test_a_second_factor_is_asked_for_here_too(provider: Provider, people: People) -> None:
    confirmed(people.owner)
    Authenticator.objects.create(user=people.owner, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = Client()
    assert come_back(client)["Location"] == "/signin/code"
    assert who(client) is None


def test_a_disabled_account_stays_outside(provider: Provider, people: People) -> None:
    confirmed(people.owner)
    User.objects.filter(pk=people.owner.pk).update(is_active=False)
    client = Client()
    assert come_back(client)["Location"] == "/signin/disabled"
    assert who(client) is None


def test_people_connect_and_disconnect_their_account_with_the_password_again(
    provider: Provider, people: People
) -> None:
    client = people.client("owner")
    assert come_back(client, connect=True)["Location"].startswith("/signin/again")
    assert not SocialAccount.objects.exists()
    client.post("/signin/again", {"password": PASSWORD})
    connected = SocialAccount.objects.get(user=people.owner)
    elsewhere = Client()
    come_back(elsewhere)
    assert who(elsewhere) == people.owner.username
    assert people.client("member").post("/account/single-sign-on", {"account": connected.pk}).status_code == 200
    assert SocialAccount.objects.exists()
    client.post("/account/single-sign-on", {"account": connected.pk})
    assert not SocialAccount.objects.exists()


def test_who_cancels_there_is_told_so(provider: Provider, db: None) -> None:
    client = Client()
    state = leave(client).split("state=")[1].split("&")[0]
    answer = client.get(f"/signin/sso/back?error=access_denied&state={state}", follow=True)
    assert "You stopped on the other server" in text(answer)


def test_a_provider_that_does_not_answer_is_said_in_words(db: None) -> None:
    cache.clear()
    with configured(Provider("http://127.0.0.1:9")):
        answer = Client().post("/signin/sso")
    assert (answer.status_code, "cannot be reached" in text(answer)) == (502, True)


def test_without_a_provider_there_are_no_such_pages(people: People) -> None:
    client = people.client("owner")
    assert client.post("/signin/sso").status_code == 404
    for path in ("/signin/sso/back", "/signin/sso/cancelled", "/account/single-sign-on"):
        assert client.get(path).status_code == 404
    assert "institute" not in text(Client().get("/signin"))


def test_the_sign_in_page_names_the_provider(provider: Provider, db: None) -> None:
    assert "Sign in by the institute" in text(Client().get("/signin"))
    assert Client().get("/signin/sso").status_code == 405  # a link of another page begins nothing


@pytest.mark.parametrize(
    "wrong",
    [
        accounts.Provider("https://id.example.org", "", "", "x", (), False),
        accounts.Provider("https://id.example.org", "a", "b", "x", (), True),
    ],
)
def test_settings_that_let_in_nobody_or_anybody_are_refused(wrong: accounts.Provider) -> None:
    with pytest.raises(ValueError, match="CRYOWEB_OIDC"):
        accounts.single_sign_on_settings(wrong)
