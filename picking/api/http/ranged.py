"""Files that are sent in pieces, whole or in part (RFC 9110, Range Requests): a broken download goes on."""

import re
from collections.abc import AsyncIterator
from email.utils import quote
from pathlib import Path
from typing import BinaryIO

from asgiref.sync import sync_to_async
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request

PIECE = 1 << 20


class NoSuchPart(APIException):
    """A part that begins behind the end of the file."""

    status_code = status.HTTP_416_REQUESTED_RANGE_NOT_SATISFIABLE


_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


def file_answer(request: Request, path: Path, digest: str, name: str, content_type: str) -> HttpResponseBase:
    """`digest`: of the content, which becomes the ETag. Raises FileNotFoundError, NoSuchPart."""
    tag = f'"{digest}"'
    if tag in request.headers.get("If-None-Match", ""):
        return _with(HttpResponse(status=304), {"ETag": tag})
    size = path.stat().st_size
    part = _part(request, tag, size)
    headers = {"ETag": tag, "Accept-Ranges": "bytes", "Content-Disposition": f'attachment; filename="{quote(name)}"'}
    if part is None:
        raise NoSuchPart(f"The file has {size} bytes: what was asked for lies behind its end.")
    start, end = part
    whole = (start, end) == (0, size)
    answer = StreamingHttpResponse(
        _pieces(path.open("rb"), start, end), status=200 if whole else 206, content_type=content_type
    )
    headers["Content-Length"] = str(end - start)
    if not whole:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return _with(answer, headers)


def _part(request: Request, tag: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None where what is asked for lies beyond the end."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not asked or not any(asked.groups()) or request.headers.get("If-Range", tag) != tag:
        return 0, size
    first, last = asked.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    return (start, end) if start < end else None


async def _pieces(file: BinaryIO, start: int, end: int) -> AsyncIterator[bytes]:
    """Each piece is read in a thread while other requests continue."""
    try:
        file.seek(start)
        while start < end and (piece := await sync_to_async(file.read)(min(PIECE, end - start))):
            start += len(piece)
            yield piece
    finally:
        file.close()


def _with(answer: HttpResponseBase, headers: dict[str, str]) -> HttpResponseBase:
    for name, value in headers.items():
        answer[name] = value
    return answer
