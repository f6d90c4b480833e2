"""Links by which people without an account look at a project."""

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
from picking.actions.projects.shared_links import revoke_shared, share
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.http.idempotency import KEY, idempotent_secret
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.api.http.throttling import Tokens
from picking.models import Right, SharedLink

LONGEST_HOURS = 366 * 24
MONTH_HOURS = 30 * 24


class NewSharedLink(serializers.Serializer[Any]):
    """`name`: whom it is for; people see it beside its guests. `hours`: how long it lasts."""

    name = serializers.CharField(max_length=100)
    hours = serializers.IntegerField(min_value=1, max_value=LONGEST_HOURS, default=MONTH_HOURS)


class MadeSharedLink(TypedDict):
    """`url`: the link to send. It is told this once."""

    shared_link: wire.SharedLinkWire
    url: str


class SharedLinkPage(Page):
    results: list[wire.SharedLinkWire]


class SharedLinkList(APIView):
    """The shared links of a project that hold."""

    throttle_classes = [Tokens]

    @extend_schema(
        operation_id="projects_shared_links_list",
        parameters=[KNOWN, *PARAMETERS],
        responses={200: SharedLinkPage, **UNCHANGED},
    )
    def get(self, request: Request, project_id: int) -> HttpResponseBase:
        """The newest first."""
        rows = SharedLink.valid().filter(project=project_for(request, project_id, Right.MANAGE))
        shown = page_of(request, rows, lambda page: [*map(wire.shared_link_wire, page)], ("-pk",))
        return unless_same(request, shown.data)

    @extend_schema(parameters=[KEY], request=NewSharedLink, responses={201: MadeSharedLink})
    @idempotent_secret
    def post(self, request: Request, project_id: int) -> Response:
        """Whoever follows the link sees what a viewer sees, and changes nothing."""
        project_for(request, project_id, Right.MANAGE)
        asked = NewSharedLink(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        link, token = share(project_id, person(request), said["name"], timedelta(hours=said["hours"]))
        url = request.build_absolute_uri(reverse("shared", args=[token]))
        made = MadeSharedLink(shared_link=wire.shared_link_wire(link), url=url)
        return Response(made, status=status.HTTP_201_CREATED)


class SharedLinkDetail(APIView):
    """One shared link."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, project_id: int, link_id: int) -> Response:
        """Revokes it: whoever came by it sees no more."""
        project = project_for(request, project_id, Right.MANAGE)
        revoke_shared(get_object_or_404(project.shared_links, pk=link_id), person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
