"""Webhooks at the API. Who may ask is tried in test_access.py."""

from typing import Any

import pytest

from picking.models import Delivery, Webhook
from tests.people import People, make_people

GOOD = {"url": "https://example.org/cryoweb", "events": ["export.ready", "training.finished"]}


def ask(people: People, method: str, *more: object, **body: Any) -> Any:
    address = "/".join(map(str, ["/api/v1/projects", people.project.pk, "webhooks", *more]))
    return getattr(people.client("owner"), method)(address, body or None, format="json")


def made(people: People) -> Any:
    return ask(people, "post", **GOOD).json()


def test_the_secret_is_told_when_it_is_made(people: People) -> None:
    answer = ask(people, "post", **GOOD)
    assert (answer.status_code, answer.json()["secret"]) == (201, Webhook.objects.get().secret)
    assert answer.json()["secret"] not in ask(people, "get").content.decode()


def test_a_renewed_secret_replaces_the_old_one(people: People) -> None:
    first = made(people)
    second = ask(people, "post", first["webhook"]["id"], "secret").json()["secret"]
    assert first["secret"] != second == Webhook.objects.get().secret


@pytest.mark.parametrize(
    "url", ["example.org", "ftp://example.org", "http://", "http://a:99999", "http://[", "http://a b"]
)
def test_an_address_that_is_none_is_refused(people: People, url: str) -> None:
    assert ask(people, "post", **GOOD | {"url": url}).status_code == 400
    assert ask(people, "patch", made(people)["webhook"]["id"], url=url).status_code == 400
    assert Webhook.objects.get().url == GOOD["url"]


@pytest.mark.parametrize(
    "url", ["http://receiver:8080/a?b=c", "https://10.0.0.5", "http://[fd00::5]:80/", "https://müller.de"]
)
def test_addresses_of_a_facility_are_taken(people: People, url: str) -> None:
    assert ask(people, "post", **GOOD | {"url": url}).status_code == 201


@pytest.mark.parametrize("events", [[], ["picking.begun"]])
def test_events_must_be_some_that_there_are(people: People, events: list[str]) -> None:
    assert ask(people, "post", **GOOD | {"events": events}).status_code == 400


def test_a_project_has_ten_at_most(people: People) -> None:
    statuses = [ask(people, "post", **GOOD).status_code for _ in range(11)]
    assert statuses == [201] * 10 + [400]


def test_it_is_turned_off_without_changing_the_rest(people: People) -> None:
    webhook = made(people)["webhook"]
    changed = ask(people, "patch", webhook["id"], active=False).json()
    assert changed == webhook | {"active": False}
    assert ask(people, "post", webhook["id"], "test").status_code == 400


def test_a_test_waits_in_the_list_of_deliveries(people: People) -> None:
    webhook = made(people)["webhook"]["id"]
    sent = ask(people, "post", webhook, "test").json()
    assert (sent["payload"]["type"], sent["state"]) == ("ping", "waiting")
    assert ask(people, "get", webhook, "deliveries").json()["results"] == [sent]
    assert ask(people, "get").json()[0]["last"] == sent


def test_what_was_given_up_is_sent_again(people: People) -> None:
    webhook = made(people)["webhook"]["id"]
    sent = ask(people, "post", webhook, "test").json()
    Delivery.objects.update(next_try_at=None, attempts=13)
    again = ask(people, "post", webhook, "deliveries", sent["id"], "send").json()
    assert (again["state"], again["attempts"], again["message_id"]) == ("waiting", 0, sent["message_id"])


def test_removing_it_removes_its_deliveries(people: People) -> None:
    webhook = made(people)["webhook"]["id"]
    ask(people, "post", webhook, "test")
    assert ask(people, "delete", webhook).status_code == 204
    assert not Delivery.objects.exists()


def test_one_of_another_project_is_not_found(people: People) -> None:
    webhook = made(people)["webhook"]["id"]
    other = make_people("Another one")
    assert ask(other, "patch", webhook, active=False).status_code == 404
    assert ask(other, "get", webhook, "deliveries").status_code == 404


def test_a_request_sent_again_makes_one_webhook(people: People) -> None:
    address, key = f"/api/v1/projects/{people.project.pk}/webhooks", {"Idempotency-Key": "once"}
    statuses = [people.client("owner").post(address, GOOD, format="json", headers=key).status_code for _ in range(2)]
    assert (statuses, Webhook.objects.count()) == ([201, 409], 1)
