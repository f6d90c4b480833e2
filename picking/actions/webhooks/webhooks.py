"""Webhooks of a project: add, change, renew the secret, remove."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from picking.actions.locked_project import locked_project
from picking.actions.webhooks.deliveries import deliver
from picking.events import AccessChanged, append
from picking.models import Delivery, Project, User, Webhook
from picking.refusals import Refused

MOST = 10
"""Of a project."""
SECRET_BYTES = 32
PREFIX = "whsec_"


@dataclass(frozen=True)
class WebhookChange:
    """What is not None is changed."""

    url: str | None = None
    events: Sequence[str] | None = None
    active: bool | None = None


def add_webhook(project_id: int, actor: User, url: str, events: Sequence[str]) -> Webhook:
    """Raises Refused for an address that is none, no events, and more than MOST."""
    with locked_project(project_id) as project:
        if project.webhooks.count() >= MOST:
            raise Refused(f"This project has {MOST} webhooks. Remove one that is not needed.")
        webhook = Webhook(project=project, secret=_new_secret(), created_by=actor)
        _set(webhook, WebhookChange(url, events))
        _tell(project, actor, "made")
    return webhook


def change_webhook(webhook: Webhook, actor: User, change: WebhookChange) -> Webhook:
    """Raises Refused for an address that is none, and no events."""
    with locked_project(webhook.project_id) as project:
        webhook = project.webhooks.get(pk=webhook.pk)
        _set(webhook, change)
        _tell(project, actor, "changed")
    return webhook


def renew_secret(webhook: Webhook, actor: User) -> Webhook:
    """Messages are signed with the new secret from now on, those that wait included."""
    with locked_project(webhook.project_id) as project:
        webhook.secret = _new_secret()
        webhook.save(update_fields=["secret"])
        _tell(project, actor, "changed")
    return webhook


def remove_webhook(webhook: Webhook, actor: User) -> None:
    """With its deliveries: what waits is not sent."""
    with locked_project(webhook.project_id) as project:
        webhook.delete()
        _tell(project, actor, "removed")


def send_ping(webhook: Webhook) -> Delivery:
    """Queues a message that tells of nothing. Raises Refused where the webhook is off."""
    _require_on(webhook)
    return deliver(webhook, "ping", {})


def _tell(project: Project, actor: User, change: Literal["made", "changed", "removed"]) -> None:
    append(project, AccessChanged(what="webhook", name="", change=change), actor)


def _set(webhook: Webhook, change: WebhookChange) -> None:
    if change.url is not None:
        _require_address(change.url)
        webhook.url = change.url
    if change.events is not None:
        if not change.events:
            raise Refused("Choose at least one event that the webhook tells of.")
        webhook.events = [event.value for event in Webhook.Event if event in change.events]
    if change.active is not None:
        webhook.active = change.active
    webhook.save()


def _require_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        valid = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and url.isprintable()
    except ValueError:
        valid = False
    if not valid or " " in url:
        raise Refused(f"{url} is not an address to send to. Enter one such as https://example.org/cryoweb.")


def _require_on(webhook: Webhook) -> None:
    if not webhook.active:
        raise Refused("This webhook is off. Turn it on first.")


def _new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
