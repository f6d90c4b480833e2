"""Exports: the final picks as one zip, in the format the next program wants."""

import json
from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse
from django.utils.text import slugify
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view, renderer_classes, throttle_classes
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from picking import wire
from picking.access import micrograph_for, project_for
from picking.api.renderers import ZipRenderer
from picking.api.throttling import Exports
from picking.queries.export import download
from picking.refusals import Refused
from picking.science.formats import FORMATS
from picking.zipping import streamed_zip

LEFT_OUT = "CryoWeb-Left-Out"


@extend_schema(
    parameters=[
        OpenApiParameter("format", required=True, enum=list(FORMATS)),
        OpenApiParameter("micrograph", int),
        OpenApiParameter("folder"),
        OpenApiParameter("flip_y", enum=["0", "1"]),
    ],
    responses={(200, "application/zip"): OpenApiTypes.BINARY},
)
@api_view(["GET"])
@renderer_classes([ZipRenderer, JSONRenderer])
@throttle_classes([Exports])
def export(request: Request, project_id: int) -> StreamingHttpResponse:
    """`format` is a key of FORMATS; `micrograph`, an id, narrows the export to one.

    `folder` stands before the file names in RELION's micrographs.star; `flip_y=1` counts rows from the other end.
    The header CryoWeb-Left-Out says in JSON what is not in the zip.
    """
    project = project_for(request, project_id)
    key = request.query_params.get("format", "")
    if key not in FORMATS:
        raise Refused(f"There is no format “{key}”. Choose one of {', '.join(FORMATS)}.")
    only = request.query_params.get("micrograph")
    micrograph = None if only is None else micrograph_for(request, int(only) if only.isdecimal() else 0)
    folder, flip_y = request.query_params.get("folder", ""), request.query_params.get("flip_y") == "1"
    found = download(project, micrograph, folder, flip_y)
    pieces = streamed_zip(FORMATS[key].write(found.export))
    name = micrograph.name.replace("/", "-") if micrograph else project.name
    answer = StreamingHttpResponse(_one_by_one(pieces), content_type="application/zip")
    answer[LEFT_OUT] = json.dumps(wire.left_out_wire({"excluded": found.excluded}))
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name)[:200] or "picks"}-{key}.zip"'
    return answer


async def _one_by_one(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The server is asynchronous; each piece is made in a thread while other requests continue."""
    while (piece := await sync_to_async(lambda: next(pieces, None))()) is not None:
        yield piece
