"""Watched folders: new micrographs of a live session are imported as they are written."""

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import wire
from picking.access import person, project_for, watched_for
from picking.actions.micrographs import watched
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.http.filters import WatchedFilters, filtered, parameters
from picking.api.http.idempotency import KEY, idempotent
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.api.micrographs.folders import FolderImport
from picking.data_roots import roots_of
from picking.models import Right
from picking.places import look_at
from picking.queries.projects.watched import watched_detail, watched_wire


class WatchedPage(Page):
    results: list[wire.WatchedWire]


class WatchedList(APIView):
    """The watched folders of a project."""

    @extend_schema(
        operation_id="projects_watched_list",
        parameters=[KNOWN, *PARAMETERS, *parameters(WatchedFilters)],
        responses={200: WatchedPage, **UNCHANGED},
    )
    def get(self, request: Request, project_id: int) -> HttpResponseBase:
        """The oldest first, those that are stopped included."""
        rows = filtered(request, WatchedFilters, project_for(request, project_id).watched.all())
        return unless_same(request, page_of(request, rows, lambda page: [*map(watched_wire, page)]).data)

    @extend_schema(parameters=[KEY], request=FolderImport, responses={201: wire.WatchedWire})
    @idempotent
    def post(self, request: Request, project_id: int) -> Response:
        """Watches a folder, list or pattern from now on. What is there already is imported as well."""
        project_for(request, project_id, Right.MANAGE)
        asked = FolderImport(data=request.data)
        asked.is_valid(raise_exception=True)
        place, subfolders = asked.validated_data["path"], asked.validated_data["subfolders"]
        look_at(place, roots_of(person(request)))  # refuses what may not be used
        started = watched.start_watching(project_id, person(request), place, subfolders)
        return Response(watched_wire(started), status=status.HTTP_201_CREATED)


@extend_schema(parameters=[KNOWN], responses={200: wire.WatchedDetailWire, **UNCHANGED})
@api_view(["GET"])
def detail(request: Request, project_id: int, watched_id: int) -> HttpResponseBase:
    """One with the files that wait or are refused, and how long picks took."""
    return unless_same(request, watched_detail(watched_for(request, project_id, watched_id)))


@extend_schema(request=None, responses=wire.WatchedWire)
@api_view(["POST"])
def stop(request: Request, project_id: int, watched_id: int) -> Response:
    """Takes nothing new from it. What was imported stays."""
    found = watched_for(request, project_id, watched_id, Right.MANAGE)
    return Response(watched_wire(watched.stop_watching(found, person(request))))
