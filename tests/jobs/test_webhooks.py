"""Messages to webhooks: signed, sent to a receiver that listens, tried again, given up, refused."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from picking.actions.webhooks.deliveries import MOST_TRIES, clear_old_deliveries, send_once_more
from picking.actions.webhooks.webhooks import WebhookChange, add_webhook, change_webhook, send_ping
from picking.jobs.webhooks import EXCERPT, local, send_due, signature
from picking.models import Delivery, Webhook
from tests.people import People

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"


class Receiver(HTTPServer):
    """Answers with the statuses of `answers`, then with 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.url = f"http://localhost:{self.server_port}/hook?from=cryoweb"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.got.append((headers | {"path": self.path}, self.rfile.read(int(headers["content-length"]))))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        self.send_header("location", "http://localhost/elsewhere")
        self.end_headers()
        self.wfile.write(b"thanks " * 200)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    with override_settings(CRYOWEB_WEBHOOKS_TO_THIS_MACHINE=True):
        yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def webhook(people: People, receiver: Receiver) -> Webhook:
    return add_webhook(people.project.pk, people.owner, receiver.url, ["export.ready"])


def sent(delivery: Delivery) -> Delivery:
    Delivery.objects.filter(next_try_at__isnull=False).update(next_try_at=timezone.now())
    send_due()
    delivery.refresh_from_db()
    return delivery


def test_a_signature_is_as_the_standard_has_it() -> None:
    secret, message = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    made = signature(secret, message, 1614265330, '{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_receiver_finds_it_genuine_as_the_documentation_says(webhook: Webhook, receiver: Receiver) -> None:
    sent(send_ping(webhook))
    (snippet,) = [code for code in re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.S) if "is_genuine" in code]
    names: dict[str, Any] = {}
    exec(snippet, names)
    ((headers, body),) = receiver.got
    assert names["is_genuine"](webhook.secret, headers, body)
    assert not names["is_genuine"](webhook.secret, headers, body + b" ")
    assert not names["is_genuine"](webhook.secret, headers | {"webhook-timestamp": "1614265330"}, body)


def test_it_goes_to_the_whole_address_under_the_host_s_name(webhook: Webhook, receiver: Receiver) -> None:
    sent(send_ping(webhook))
    headers, _ = receiver.got[0]
    assert (headers["path"], headers["host"]) == ("/hook?from=cryoweb", f"localhost:{receiver.server_port}")


def test_a_message_that_was_taken_is_delivered_and_not_sent_again(webhook: Webhook, receiver: Receiver) -> None:
    delivery = sent(send_ping(webhook))
    sent(delivery)
    assert (delivery.status_code, delivery.error, delivery.next_try_at) == (200, "", None)
    assert delivery.delivered_at is not None
    assert (len(receiver.got), delivery.response) == (1, ("thanks " * 200)[:EXCERPT])


@pytest.mark.parametrize("status", [500, 404, 302])
def test_a_message_that_was_not_taken_comes_again_under_its_id(
    webhook: Webhook, receiver: Receiver, status: int
) -> None:
    receiver.answers = [status]
    delivery = sent(send_ping(webhook))
    assert (delivery.status_code, delivery.delivered_at) == (status, None)
    assert str(status) in delivery.error
    delivery = sent(delivery)
    assert delivery.delivered_at is not None
    assert (delivery.attempts, delivery.error) == (2, "")
    (first, body), (second, again) = receiver.got
    assert (first["webhook-id"], body) == (second["webhook-id"], again)


def test_waits_double_and_the_last_try_gives_up_within_a_day(webhook: Webhook, receiver: Receiver) -> None:
    receiver.answers = [500] * MOST_TRIES
    delivery, waits = send_ping(webhook), []
    while sent(delivery).next_try_at:
        assert delivery.tried_at is not None
        assert delivery.next_try_at is not None
        waits.append(round((delivery.next_try_at - delivery.tried_at).total_seconds() / 20))
    assert waits == [2**n for n in range(MOST_TRIES - 1)]
    assert timedelta(hours=20) < timedelta(seconds=20 * sum(waits)) < timedelta(hours=24)
    assert (delivery.attempts, delivery.delivered_at) == (MOST_TRIES, None)


def test_one_that_was_given_up_can_be_sent_again_under_its_id(webhook: Webhook, receiver: Receiver) -> None:
    receiver.answers = [500]
    delivery = sent(send_ping(webhook))
    Delivery.objects.update(next_try_at=None)
    sent(send_once_more(delivery))
    assert delivery.delivered_at is not None
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1


def test_one_whose_sender_died_comes_back(webhook: Webhook, receiver: Receiver, monkeypatch: Any) -> None:
    delivery = send_ping(webhook)
    with monkeypatch.context() as dying, pytest.raises(MemoryError):
        dying.setattr("picking.jobs.webhooks.signature", lambda *_: (_ for _ in ()).throw(MemoryError))
        send_due()
    send_due()
    assert receiver.got == []  # it is still held by the one that died
    assert sent(delivery).delivered_at is not None


def test_messages_of_a_webhook_that_is_off_wait(people: People, webhook: Webhook, receiver: Receiver) -> None:
    delivery = send_ping(webhook)
    change_webhook(webhook, people.owner, WebhookChange(active=False))
    assert (sent(delivery).attempts, receiver.got) == (0, [])


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433"])
def test_this_machine_is_not_sent_to(people: People, receiver: Receiver, host: str) -> None:
    url = f"http://{host}:{receiver.server_port}/"
    with override_settings(CRYOWEB_WEBHOOKS_TO_THIS_MACHINE=False):
        delivery = sent(send_ping(add_webhook(people.project.pk, people.owner, url, ["export.ready"])))
    assert (receiver.got, delivery.delivered_at) == ([], None)
    assert "does not send" in delivery.error


@pytest.mark.parametrize(
    ("address", "is_local"),
    [("169.254.169.254", True), ("fe80::1%lo", True), ("224.0.0.1", True), ("::", True), ("::ffff:169.254.1.1", True)]
    + [(address, False) for address in ("10.0.0.5", "192.168.1.2", "172.16.3.4", "fd00::5", "93.184.216.34")],
)
def test_private_networks_are_sent_to_and_the_link_is_not(address: str, is_local: bool) -> None:
    assert local(address) == is_local


def test_a_receiver_that_is_not_there_is_an_error_in_words(people: People, webhook: Webhook) -> None:
    change_webhook(webhook, people.owner, WebhookChange(url="http://127.0.0.1:1/"))
    delivery = sent(send_ping(webhook))
    assert (delivery.status_code, delivery.attempts) == (None, 1)
    assert "could not be sent" in delivery.error


def test_a_receiver_that_does_not_answer_in_time_is_left(
    webhook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("picking.jobs.webhooks.TIMEOUT", 0.0)
    assert "No answer within" in sent(send_ping(webhook)).error


def test_old_deliveries_go_and_those_that_wait_stay(webhook: Webhook) -> None:
    ended, waiting = send_ping(webhook), send_ping(webhook)
    Delivery.objects.update(created_at=timezone.now() - timedelta(days=31))
    Delivery.objects.filter(pk=ended.pk).update(next_try_at=None)
    assert clear_old_deliveries() == 1
    assert [*Delivery.objects.all()] == [waiting]
