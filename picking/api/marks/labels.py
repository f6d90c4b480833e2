"""Labels, many at a time: of a project as a list, of a micrograph as JSON or as an array."""

from typing import Any, TypedDict
from uuid import uuid4

import numpy as np
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking.access import micrograph_for, person, project_for
from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import PutLabel
from picking.api.http.conditional import KNOWN, UNCHANGED, tag_of_project, unless_known
from picking.api.http.filters import LabelFilters, filtered, parameters
from picking.api.http.idempotency import KEY, idempotent
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.api.http.parsers import JSONParser
from picking.api.http.renderers import NpyRenderer
from picking.api.http.throttling import Bulk
from picking.finite_float import FiniteFloat
from picking.models import Label, Right
from picking.queries.micrographs.visible import visible
from picking.queries.picks.tables import Table, label_table
from picking.science.npy import UnreadableArray, read_npy

MOST = 10_000
"""Labels of one request."""
KIND = OpenApiParameter("kind", str, enum=Label.Kind.values, description="of labels that do not say it: particle")


class LabelRow(TypedDict):
    """`x`, `y`: full-resolution pixels, 0-based, row 0 first. `author`: null if the account is gone.

    `changed_by`: who changed it last, where that was not its author.
    """

    id: str
    micrograph: int
    author: int | None
    changed_by: int | None
    created_at: str
    kind: str
    x: float
    y: float


class LabelPage(Page):
    results: list[LabelRow]


class Labels(TypedDict):
    """All labels of a micrograph."""

    labels: list[LabelRow]


class NewLabel(serializers.Serializer[Any]):
    x = FiniteFloat()
    y = FiniteFloat()
    kind = serializers.ChoiceField(Label.Kind.choices, required=False)


class NewLabels(serializers.Serializer[Any]):
    labels = serializers.ListField(child=NewLabel(), min_length=1, max_length=MOST)


class RefusedLabel(TypedDict):
    """`row`: which one of those sent, 0-based."""

    row: int
    detail: str


class LabelsAdded(TypedDict):
    """`sequence`: of the project, which includes them."""

    sequence: int
    added: int
    refused: list[RefusedLabel]


class NpyParser(BaseParser):
    """The bytes of a `.npy` file, as an array."""

    media_type = NpyRenderer.media_type

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return read_npy(stream.read())
        except UnreadableArray as error:
            raise ParseError(str(error)) from error


@extend_schema(
    operation_id="projects_labels_list",
    parameters=[KNOWN, *PARAMETERS, *parameters(LabelFilters)],
    responses={200: LabelPage, **UNCHANGED},
)
@api_view(["GET"])
def labels(request: Request, project_id: int) -> HttpResponseBase:
    """The labels of a project, in the order in which they were last changed."""
    project = project_for(request, project_id)

    def answer() -> Response:
        seen = visible(Label, person(request).pk).filter(micrograph__project=project)
        rows = filtered(request, LabelFilters, seen)
        return page_of(request, rows, lambda page: [_shown(label) for label in page], ("sequence", "pk"))

    return unless_known(request, tag_of_project(request, project), answer)


class MicrographLabels(APIView):
    """The labels of one micrograph: all of them, or more of them."""

    renderer_classes = [JSONRenderer, NpyRenderer]
    parser_classes = [JSONParser, NpyParser]
    throttle_classes = [Bulk]

    @extend_schema(
        operation_id="micrographs_labels",
        parameters=[KNOWN],
        responses={
            (200, "application/json"): Labels,
            (200, NpyRenderer.media_type): OpenApiTypes.BINARY,
            **UNCHANGED,
        },
    )
    def get(self, request: Request, micrograph_id: int) -> HttpResponseBase:
        """As an array: a structured one with the columns x, y (float64) and kind (text)."""
        micrograph = micrograph_for(request, micrograph_id)

        def answer() -> Response:
            seen = visible(Label, person(request).pk).filter(micrograph=micrograph)
            if isinstance(request.accepted_renderer, NpyRenderer):
                return Response(label_table(seen))
            return Response({"labels": [_shown(label) for label in seen]})

        return unless_known(request, tag_of_project(request, micrograph.project), answer)

    @extend_schema(
        operation_id="micrographs_labels_add",
        parameters=[KEY, KIND],
        request={"application/json": NewLabels, NpyRenderer.media_type: OpenApiTypes.BINARY},
        responses={201: LabelsAdded},
    )
    @idempotent
    def post(self, request: Request, micrograph_id: int) -> Response:
        """Adds labels, at most 10,000 at once.

        As an array: of shape (n, 2) with x and y, or a structured one with the fields x, y and maybe kind.
        """
        micrograph = micrograph_for(request, micrograph_id, Right.ANNOTATE)
        kind = request.query_params.get("kind", Label.Kind.PARTICLE)
        if kind not in Label.Kind.values:
            raise ValidationError({"kind": [f"Choose one of {', '.join(Label.Kind.values)}."]})
        rows = _rows_of_array(request.data, kind) if isinstance(request.data, np.ndarray) else _rows(request.data, kind)
        puts = [PutLabel(uuid4(), uuid4(), micrograph.pk, row_kind, x, y) for x, y, row_kind in rows]
        sequence, results = apply_operations(micrograph.project_id, person(request), puts)
        added: LabelsAdded = {
            "sequence": sequence,
            "added": sum(result.status == "applied" for result in results),
            "refused": [{"row": row, "detail": each.detail} for row, each in enumerate(results) if each.detail],
        }
        return Response(added, status=status.HTTP_201_CREATED)


def _rows(data: Any, kind: str) -> list[tuple[float, float, str]]:
    asked = NewLabels(data=data)
    asked.is_valid(raise_exception=True)
    return [(each["x"], each["y"], each.get("kind", kind)) for each in asked.validated_data["labels"]]


def _rows_of_array(table: Table, kind: str) -> list[tuple[float, float, str]]:
    """Raises ValidationError for an array of another form."""
    names = table.dtype.names or ()
    if not 1 <= len(np.atleast_1d(table)) <= MOST:
        raise ValidationError(f"Send from 1 to {MOST} labels at once.")
    try:
        if {"x", "y"} <= set(names) and table.ndim == 1:
            xy = np.stack([table["x"], table["y"]], axis=1).astype(np.float64)
        elif not names and table.ndim == 2 and table.shape[1] == 2 and table.dtype.kind in "fiu":
            xy = table.astype(np.float64)
        else:
            raise ValidationError("Send an array of shape (n, 2) with x and y, or one with the fields x, y and kind.")
        kinds = [str(each) for each in table["kind"]] if "kind" in names else [kind] * len(xy)
    except (TypeError, ValueError) as error:
        raise ValidationError("The fields x and y must be numbers.") from error
    if not np.isfinite(xy).all():
        raise ValidationError("Some x or y are NaN or infinite. Leave these rows out.")
    if not set(kinds) <= set(Label.Kind.values):
        raise ValidationError(f"The kind of each label is one of {', '.join(Label.Kind.values)}.")
    return [(float(x), float(y), each) for (x, y), each in zip(xy, kinds, strict=True)]


def _shown(label: Label) -> LabelRow:
    return {
        "id": str(label.pk),
        "micrograph": label.micrograph_id,
        "author": label.author_id,
        "changed_by": label.changed_by_id,
        "created_at": label.created_at.isoformat(),
        "kind": label.kind,
        "x": label.x,
        "y": label.y,
    }
