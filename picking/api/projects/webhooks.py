"""Webhooks of a project and what was sent to them. Owners alone see them."""

from typing import Any, TypedDict

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, throttle_classes
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import wire
from picking.access import person, project_for, webhook_for
from picking.actions.webhooks import deliveries, webhooks
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.http.idempotency import KEY, idempotent, idempotent_secret
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.api.http.throttling import Webhooks
from picking.models import Right, Webhook


class NewWebhook(serializers.Serializer[Any]):
    url = serializers.CharField(max_length=2000)
    events = serializers.ListField(child=serializers.ChoiceField(Webhook.Event.choices), max_length=10)


class ChangedWebhook(serializers.Serializer[Any]):
    """What is left out stays as it is."""

    url = serializers.CharField(max_length=2000, required=False)
    events = serializers.ListField(child=serializers.ChoiceField(Webhook.Event.choices), max_length=10, required=False)
    active = serializers.BooleanField(required=False)


class MadeWebhook(TypedDict):
    """`secret`: what messages are signed with. It is told this once."""

    webhook: wire.WebhookWire
    secret: str


class DeliveryPage(Page):
    results: list[wire.DeliveryWire]


class WebhookList(APIView):
    """The webhooks of a project."""

    @extend_schema(operation_id="projects_webhooks_list", responses=list[wire.WebhookWire])
    def get(self, request: Request, project_id: int) -> Response:
        """With the newest delivery of each."""
        project = project_for(request, project_id, Right.MANAGE)
        return Response([wire.webhook_wire(webhook) for webhook in project.webhooks.all()])

    @extend_schema(parameters=[KEY], request=NewWebhook, responses={201: MadeWebhook})
    @idempotent_secret
    def post(self, request: Request, project_id: int) -> Response:
        """Tells an address of events from now on."""
        project_for(request, project_id, Right.MANAGE)
        asked = NewWebhook(data=request.data)
        asked.is_valid(raise_exception=True)
        webhook = webhooks.add_webhook(project_id, person(request), **asked.validated_data)
        return Response(_made(webhook), status=status.HTTP_201_CREATED)


class WebhookDetail(APIView):
    """One webhook."""

    @extend_schema(request=ChangedWebhook, responses=wire.WebhookWire)
    def patch(self, request: Request, project_id: int, webhook_id: int) -> Response:
        """While it is off, nothing new is told, and what waits goes on waiting."""
        webhook = webhook_for(request, project_id, webhook_id)
        asked = ChangedWebhook(data=request.data)
        asked.is_valid(raise_exception=True)
        changed = webhooks.change_webhook(webhook, person(request), webhooks.WebhookChange(**asked.validated_data))
        return Response(wire.webhook_wire(changed))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, project_id: int, webhook_id: int) -> Response:
        """Removes it with its deliveries."""
        webhooks.remove_webhook(webhook_for(request, project_id, webhook_id), person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(request=None, responses=MadeWebhook)
@api_view(["POST"])
def secret(request: Request, project_id: int, webhook_id: int) -> Response:
    """Makes another secret. The old one signs nothing any more."""
    webhook = webhook_for(request, project_id, webhook_id)
    return Response(_made(webhooks.renew_secret(webhook, person(request))))


@extend_schema(parameters=[KEY], request=None, responses={201: wire.DeliveryWire})
@api_view(["POST"])
@throttle_classes([Webhooks])
@idempotent
def test(request: Request, project_id: int, webhook_id: int) -> Response:
    """Sends a `ping`."""
    sent = webhooks.send_ping(webhook_for(request, project_id, webhook_id))
    return Response(wire.delivery_wire(sent), status=status.HTTP_201_CREATED)


@extend_schema(
    operation_id="projects_webhooks_deliveries_list",
    parameters=[KNOWN, *PARAMETERS],
    responses={200: DeliveryPage, **UNCHANGED},
)
@api_view(["GET"])
def sent(request: Request, project_id: int, webhook_id: int) -> HttpResponseBase:
    """What was sent or waits, the newest first; 30 days are kept."""
    rows = webhook_for(request, project_id, webhook_id).deliveries.all()
    return unless_same(request, page_of(request, rows, lambda page: [*map(wire.delivery_wire, page)], ("-pk",)).data)


@extend_schema(request=None, responses=wire.DeliveryWire)
@api_view(["POST"])
@throttle_classes([Webhooks])
def send_again(request: Request, project_id: int, webhook_id: int, delivery_id: int) -> Response:
    """Sends one more time what was delivered or given up, under the same `webhook-id`."""
    delivery = get_object_or_404(webhook_for(request, project_id, webhook_id).deliveries, pk=delivery_id)
    return Response(wire.delivery_wire(deliveries.send_once_more(delivery)))


def _made(webhook: Webhook) -> MadeWebhook:
    return {"webhook": wire.webhook_wire(webhook), "secret": webhook.secret}
