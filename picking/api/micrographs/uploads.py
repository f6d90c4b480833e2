"""Uploads: resumable, in chunks."""

from typing import Any, TypedDict

from django.conf import settings
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking.access import person, project_for
from picking.actions.micrographs import uploads
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.http.idempotency import KEY, idempotent
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.api.http.parsers import JSONParser
from picking.models import Right, Upload
from picking.refusals import Refused


class NewUpload(serializers.Serializer[Any]):
    """Trimming could turn a name into that of another file: names are taken as they are."""

    name = serializers.CharField(max_length=255, trim_whitespace=False)
    size = serializers.IntegerField()
    folder = serializers.CharField(max_length=400, required=False, allow_blank=True, trim_whitespace=False)
    fingerprint = serializers.CharField(max_length=40, required=False, allow_blank=True)


class UploadWire(TypedDict):
    """An unfinished upload. `received`: bytes that the server holds."""

    id: str
    name: str
    folder: str
    size: int
    fingerprint: str
    received: int
    created_at: str


class Received(TypedDict):
    """Bytes that the server holds of the file."""

    received: int


class ChunkParser(BaseParser):
    """The bytes of a chunk, as they come."""

    media_type = "application/offset+octet-stream"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        return stream.read(settings.UPLOAD_CHUNK_BYTES + 1)


class UploadPage(Page):
    results: list[UploadWire]


class UploadList(APIView):
    """The unfinished uploads of the person who asks."""

    @extend_schema(
        operation_id="projects_uploads_list",
        parameters=[KNOWN, *PARAMETERS],
        responses={200: UploadPage, **UNCHANGED},
    )
    def get(self, request: Request, project_id: int) -> HttpResponseBase:
        """The oldest first."""
        mine = project_for(request, project_id, Right.MANAGE).uploads.filter(user=person(request))
        page = page_of(request, mine, lambda page: [*map(_shown, page)], ("created_at", "pk"))
        return unless_same(request, page.data)

    @extend_schema(parameters=[KEY], request=NewUpload, responses={201: UploadWire})
    @idempotent
    def post(self, request: Request, project_id: int) -> Response:
        project_for(request, project_id, Right.MANAGE)
        asked = NewUpload(data=request.data)
        asked.is_valid(raise_exception=True)
        upload = uploads.start_upload(project_id, person(request), uploads.UploadedFile(**asked.validated_data))
        return Response(_shown(upload), status=status.HTTP_201_CREATED)


class UploadDetail(APIView):
    """One unfinished upload: send a chunk, or give it up."""

    parser_classes = [ChunkParser, JSONParser]

    @extend_schema(
        parameters=[OpenApiParameter("Upload-Offset", int, OpenApiParameter.HEADER, required=True)],
        request={ChunkParser.media_type: OpenApiTypes.BINARY},
        responses=Received,
    )
    def patch(self, request: Request, upload_id: str) -> Response:
        upload = self._mine(request, upload_id)
        try:
            offset = int(request.headers["Upload-Offset"])
        except (KeyError, ValueError):
            raise Refused("A chunk needs the header Upload-Offset, a number of bytes.") from None
        if not isinstance(request.data, bytes) or len(request.data) > settings.UPLOAD_CHUNK_BYTES:
            raise Refused(f"A chunk can be at most {settings.UPLOAD_CHUNK_BYTES} bytes of {ChunkParser.media_type}.")
        upload, _ = uploads.receive_chunk(upload, offset, request.data)
        return Response(Received(received=upload.received))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, upload_id: str) -> Response:
        uploads.discard_upload(self._mine(request, upload_id))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @staticmethod
    def _mine(request: Request, upload_id: str) -> Upload:
        upload = get_object_or_404(Upload, pk=upload_id, user=person(request))
        project_for(request, upload.project_id, Right.MANAGE)
        return upload


def _shown(upload: Upload) -> UploadWire:
    return {
        "id": str(upload.pk),
        "name": upload.name,
        "folder": upload.folder,
        "size": upload.size,
        "fingerprint": upload.fingerprint,
        "received": upload.received,
        "created_at": upload.created_at.isoformat(),
    }
