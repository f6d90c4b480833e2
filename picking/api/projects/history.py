"""The history of a project, its past, and bringing marks back from there."""

from collections.abc import Sequence as Several
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from picking import wire
from picking.access import person, project_for
from picking.actions.marks.restore import restore, take_back
from picking.api.http.conditional import KNOWN, UNCHANGED, tag_of_project, unless_known
from picking.api.http.fields import Id, Sequence
from picking.api.http.filters import HistoryFilters, filtered, parameters
from picking.api.http.idempotency import KEY, idempotent
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.models import Event, Project, Right
from picking.queries.past.history import entries, told_in_history
from picking.queries.past.moments import moment_of
from picking.queries.past.restorations import Scope, difference
from picking.queries.past.timeline import timeline as timeline_of


class HistoryPage(Page):
    results: list[wire.HistoryEntryWire]


OPTIONAL: dict[str, Any] = {"required": False, "allow_null": True}


class OfMicrograph(serializers.Serializer[Any]):
    at = Sequence()
    micrograph = Id()


class Restorable(serializers.Serializer[Any]):
    at = Sequence(required=False)
    micrograph = Id(**OPTIONAL, help_text="its marks alone")
    person = Id(**OPTIONAL, help_text="their marks alone")


class Restoration(Restorable):
    undoes = Id(**OPTIONAL, help_text="instead of `at`: the sequence number of the restoration that is taken back")


AT = OpenApiParameter("at", {"type": "integer", "minimum": 0}, required=True, description="a sequence number")
MICROGRAPH = OpenApiParameter("micrograph", {"type": "integer", "minimum": 1}, required=True)
SCOPE = [
    AT,
    OpenApiParameter("micrograph", {"type": "integer", "minimum": 1}, description="its marks alone"),
    OpenApiParameter("person", {"type": "integer", "minimum": 1}, description="their marks alone"),
]


@extend_schema(
    operation_id="projects_history_list",
    parameters=[KNOWN, *PARAMETERS, *parameters(HistoryFilters)],
    responses={200: HistoryPage, **UNCHANGED},
)
@api_view(["GET"])
def history(request: Request, project_id: int) -> HttpResponseBase:
    """What anyone did, the newest first. A page has `limit` changes; those of one kind by one person are one entry."""
    project, reader = project_for(request, project_id), person(request).pk

    def answer() -> Response:
        told = filtered(request, HistoryFilters, told_in_history(project, reader), project=project)
        if not {"kinds", "micrograph"} & set(request.query_params):
            told = told.exclude(restored=True)  # another event sums them up

        def shown(page: Several[Event]) -> list[wire.HistoryEntryWire]:
            return entries(project, page)

        return page_of(request, told, shown, ("-sequence",))

    return unless_known(request, tag_of_project(request, project), answer)


@extend_schema(parameters=[KNOWN], responses={200: wire.TimelineWire, **UNCHANGED})
@api_view(["GET"])
def timeline(request: Request, project_id: int) -> HttpResponseBase:
    """When the project changed, with its trainings and imports."""
    project, reader = project_for(request, project_id), person(request).pk
    return unless_known(request, tag_of_project(request, project), lambda: Response(timeline_of(project, reader)))


@extend_schema(parameters=[KNOWN, AT, MICROGRAPH], responses={200: wire.PastWire, **UNCHANGED})
@api_view(["GET"])
def past(request: Request, project_id: int) -> HttpResponseBase:
    """A micrograph as of an event: its marks, the settings, and whose picks were shown."""
    project, reader = project_for(request, project_id), person(request).pk
    asked = OfMicrograph(data=request.query_params)
    asked.is_valid(raise_exception=True)
    micrograph = get_object_or_404(project.micrographs, pk=asked.validated_data["micrograph"])
    at = asked.validated_data["at"]
    return unless_known(
        request, tag_of_project(request, project), lambda: Response(moment_of(project, micrograph, at, reader))
    )


@extend_schema(parameters=[KNOWN, *SCOPE], responses={200: wire.DifferenceWire, **UNCHANGED})
@api_view(["GET"])
def compared(request: Request, project_id: int) -> HttpResponseBase:
    """What a restoration would put back, take away and change."""
    project = project_for(request, project_id)
    asked = Restorable(data=request.query_params)
    asked.is_valid(raise_exception=True)
    at, scope = _at(asked.validated_data), _scope(project, asked.validated_data)
    return unless_known(
        request, tag_of_project(request, project), lambda: Response(difference(project, at, scope).wire())
    )


@extend_schema(parameters=[KEY], request=Restoration, responses={201: wire.RestoredWire})
@api_view(["POST"])
@idempotent
def restorations(request: Request, project_id: int) -> Response:
    """Brings marks back to a moment, as a change that can be undone. Only managers bring back those of others."""
    project, user = project_for(request, project_id, Right.ANNOTATE), person(request)
    asked = Restoration(data=request.data)
    asked.is_valid(raise_exception=True)
    undoes = asked.validated_data.get("undoes")
    if undoes is not None:
        undone = get_object_or_404(project.events, type="marks.restored", sequence=undoes)
        if undone.actor_id != user.pk or undone.data["person"] != user.pk:
            project_for(request, project_id, Right.MANAGE)
        done = take_back(project_id, user, undoes)
    else:
        at, scope = _at(asked.validated_data), _scope(project, asked.validated_data)
        if scope.person != user.pk:
            project_for(request, project_id, Right.MANAGE)
        done = restore(project_id, user, at, scope)
    return Response(wire.restored_wire(done), status=status.HTTP_201_CREATED)


def _at(asked: dict[str, Any]) -> int:
    if "at" not in asked:
        raise ValidationError({"at": ["Say to which moment, by the sequence number of an event."]})
    return int(asked["at"])


def _scope(project: Project, asked: dict[str, Any]) -> Scope:
    micrograph = asked.get("micrograph")
    if micrograph is not None:
        get_object_or_404(project.micrographs, pk=micrograph)
    return Scope(micrograph, asked.get("person"))
