"""Exports: the final picks as one zip, in the format the next program wants."""

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse
from django.utils.text import slugify
from rest_framework.decorators import api_view
from rest_framework.request import Request

from picking import queries
from picking.access import micrograph_for, project_for
from picking.actions.change import Refused
from picking.actions.trainings import require_pixel_size
from picking.science.formats import FORMATS
from picking.zipping import streamed_zip


@api_view(["GET"])
def export(request: Request, project_id: int) -> StreamingHttpResponse:
    """`format` is a key of FORMATS; `micrograph`, an id, narrows the export to one.

    `folder` stands before the file names in RELION's micrographs.star; `flip_y=1` counts rows from the other end.
    """
    project = project_for(request, project_id)
    key = request.query_params.get("format", "")
    if key not in FORMATS:
        raise Refused(f"There is no format “{key}”. Choose one of {', '.join(FORMATS)}.")
    only = request.query_params.get("micrograph")
    name, micrograph_id = project.name, None
    if only is not None:
        micrograph = micrograph_for(request, int(only) if only.isdecimal() else 0)
        name, micrograph_id = micrograph.name, micrograph.pk
        if micrograph.excluded:
            raise Refused(f"{name} is excluded from downloads. Take it in again first.")
    require_pixel_size(project)
    folder, flip_y = request.query_params.get("folder", ""), request.query_params.get("flip_y") == "1"
    pieces = streamed_zip(FORMATS[key].write(queries.export(project, micrograph_id, folder, flip_y)))
    answer = StreamingHttpResponse(_one_by_one(pieces), content_type="application/zip")
    answer["Content-Disposition"] = (
        f'attachment; filename="{slugify(name.replace("/", "-"))[:200] or "picks"}-{key}.zip"'
    )
    return answer


async def _one_by_one(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The server is asynchronous; each piece is made in a thread while other requests go on."""
    while (piece := await sync_to_async(lambda: next(pieces, None))()) is not None:
        yield piece
