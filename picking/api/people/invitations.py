"""Links that invite people to a project."""

from datetime import timedelta
from typing import Any, TypedDict

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import wire
from picking.access import person, project_for
from picking.actions.projects.members import NewInvitation, invite, revoke_invitation
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.http.idempotency import KEY, idempotent_secret
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.api.http.throttling import Tokens
from picking.models import Invitation, Right, Role

LONGEST_HOURS = 90 * 24
WEEK_HOURS = 7 * 24


class InvitationAsked(serializers.Serializer[Any]):
    """`hours`: how long it lasts. `most_uses`: how many people may join by it; null for any number."""

    role = serializers.ChoiceField(Role.choices)
    hours = serializers.IntegerField(min_value=1, max_value=LONGEST_HOURS, default=WEEK_HOURS)
    most_uses = serializers.IntegerField(min_value=1, max_value=10_000, default=1, allow_null=True)


class MadeInvitation(TypedDict):
    """`url`: the link to send. It is told this once."""

    invitation: wire.InvitationWire
    url: str


class InvitationPage(Page):
    results: list[wire.InvitationWire]


class InvitationList(APIView):
    """The invitations of a project by which somebody can join still."""

    throttle_classes = [Tokens]

    @extend_schema(
        operation_id="projects_invitations_list",
        parameters=[KNOWN, *PARAMETERS],
        responses={200: InvitationPage, **UNCHANGED},
    )
    def get(self, request: Request, project_id: int) -> HttpResponseBase:
        """The newest first."""
        rows = Invitation.valid().filter(project=project_for(request, project_id, Right.MANAGE))
        shown = page_of(request, rows, lambda page: [*map(wire.invitation_wire, page)], ("-pk",))
        return unless_same(request, shown.data)

    @extend_schema(parameters=[KEY], request=InvitationAsked, responses={201: MadeInvitation})
    @idempotent_secret
    def post(self, request: Request, project_id: int) -> Response:
        """Whoever follows the link becomes a member with its role."""
        project_for(request, project_id, Right.MANAGE)
        asked = InvitationAsked(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        role = Role(said["role"])
        project_for(request, project_id, role.given_with)
        wanted = NewInvitation(role, timedelta(hours=said["hours"]), said["most_uses"])
        invitation, token = invite(project_id, person(request), wanted)
        url = request.build_absolute_uri(reverse("join", args=[token]))
        made = MadeInvitation(invitation=wire.invitation_wire(invitation), url=url)
        return Response(made, status=status.HTTP_201_CREATED)


class InvitationDetail(APIView):
    """One invitation."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, project_id: int, invitation_id: int) -> Response:
        """Revokes it: nobody joins by it any more."""
        project = project_for(request, project_id, Right.MANAGE)
        invitation = get_object_or_404(project.invitations, pk=invitation_id)
        project_for(request, project_id, Role(invitation.role).given_with)
        revoke_invitation(invitation, person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
