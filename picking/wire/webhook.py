"""Webhooks and their deliveries, as owners see them. The secret is told when it is made, and not here."""

import json
from typing import Annotated, Any, Literal, TypedDict

from picking.models import Delivery, Webhook

State = Literal["waiting", "delivered", "given up"]


class DeliveryWire(TypedDict):
    """`next_try_at`: null once it is delivered or given up. `response`: the beginning of the last answer."""

    id: int
    message_id: str
    event: str
    payload: dict[str, Any]
    state: State
    attempts: int
    created_at: str
    tried_at: str | None
    next_try_at: str | None
    status_code: int | None
    response: str
    error: str


class WebhookWire(TypedDict):
    """`last`: its newest delivery."""

    id: int
    url: str
    events: list[Annotated[str, Webhook.Event]]
    active: bool
    created_at: str
    last: DeliveryWire | None


def webhook_wire(webhook: Webhook) -> WebhookWire:
    """With its newest delivery, which it asks for."""
    last = webhook.deliveries.first()
    return {
        "id": webhook.pk,
        "url": webhook.url,
        "events": webhook.events,
        "active": webhook.active,
        "created_at": webhook.created_at.isoformat(),
        "last": delivery_wire(last) if last else None,
    }


def delivery_wire(delivery: Delivery) -> DeliveryWire:
    """One message and how far it got."""
    state: State = "delivered" if delivery.delivered_at else "waiting" if delivery.next_try_at else "given up"
    return {
        "id": delivery.pk,
        "message_id": delivery.message_id,
        "event": delivery.event,
        "payload": json.loads(delivery.body),
        "state": state,
        "attempts": delivery.attempts,
        "created_at": delivery.created_at.isoformat(),
        "tried_at": delivery.tried_at.isoformat() if delivery.tried_at else None,
        "next_try_at": delivery.next_try_at.isoformat() if delivery.next_try_at else None,
        "status_code": delivery.status_code,
        "response": delivery.response,
        "error": delivery.error,
    }
