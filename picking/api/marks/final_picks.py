"""Final picks: what labels, verdicts, regions and limits leave, as columns or as an array."""

from typing import Any, TypedDict

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, renderer_classes, throttle_classes
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import micrograph_for, person, project_for
from picking.api.http.conditional import KNOWN, UNCHANGED, tag_of_project, unless_known
from picking.api.http.renderers import NpyRenderer
from picking.api.http.throttling import Bulk
from picking.models import Micrograph, Project
from picking.queries.micrographs.micrographs import included, require_pixel_size
from picking.queries.picks.tables import Table, final_pick_table
from picking.refusals import Refused


class FinalPicks(TypedDict):
    """One list for each column. `x`, `y`: centres in full-resolution pixels, 0-based, row 0 first.

    `particle_score`, `contamination_score`: null where no network saw the particle. `source`: "label", "verdict" or
    "network".
    """

    micrograph: list[int]
    x: list[float]
    y: list[float]
    particle_score: list[float | None]
    contamination_score: list[float | None]
    source: list[str]


RESPONSES: dict[Any, Any] = {
    (200, "application/json"): FinalPicks,
    (200, NpyRenderer.media_type): OpenApiTypes.BINARY,
    **UNCHANGED,
}


@extend_schema(operation_id="projects_final_picks", parameters=[KNOWN], responses=RESPONSES)
@api_view(["GET"])
@renderer_classes([JSONRenderer, NpyRenderer])
@throttle_classes([Bulk])
def of_project(request: Request, project_id: int) -> HttpResponseBase:
    """Of all micrographs that are not excluded."""
    project = project_for(request, project_id)
    return _answer(request, project, None)


@extend_schema(operation_id="micrographs_final_picks", parameters=[KNOWN], responses=RESPONSES)
@api_view(["GET"])
@renderer_classes([JSONRenderer, NpyRenderer])
@throttle_classes([Bulk])
def of_micrograph(request: Request, micrograph_id: int) -> HttpResponseBase:
    """Of one micrograph."""
    micrograph = micrograph_for(request, micrograph_id)
    if micrograph.excluded:
        raise Refused(f"{micrograph.name} is excluded from downloads. Include it again first.")
    return _answer(request, micrograph.project, micrograph)


def _answer(request: Request, project: Project, only: Micrograph | None) -> HttpResponseBase:
    def answer() -> Response:
        require_pixel_size(project, only.pk if only else None)
        micrographs = included(project).filter(pk=only.pk) if only else included(project)
        table = final_pick_table(project, micrographs, person(request).pk)
        return Response(table if _wants_array(request) else _columns(table))

    return unless_known(request, tag_of_project(request, project), answer)


def _wants_array(request: Request) -> bool:
    return isinstance(request.accepted_renderer, NpyRenderer)


def _columns(table: Table) -> dict[str, list[Any]]:
    """JSON has no NaN."""
    columns = {name: table[name].tolist() for name in table.dtype.names or ()}
    for name in ("particle_score", "contamination_score"):
        columns[name] = [None if score != score else score for score in columns[name]]  # noqa: PLR0124 NaN
    return columns
