"""The forms of answers besides plain JSON. Which one is sent, the header Accept decides."""

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer, JSONRenderer

from picking import problems
from picking.science.npy import as_npy


class ProblemRenderer(JSONRenderer):
    """Errors."""

    media_type = problems.MEDIA_TYPE


class NpyRenderer(BaseRenderer):
    """An array as NumPy writes it."""

    media_type = "application/x-npy"
    format = "npy"
    charset = None
    render_style = "binary"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return as_npy(data)


class _Made(BaseRenderer):
    """The view makes the bytes itself: this only says which form they have."""

    charset = None
    render_style = "binary"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> Any:
        return data


class BytesRenderer(_Made):
    media_type = "application/octet-stream"
    format = "bytes"


class JpegRenderer(_Made):
    media_type = "image/jpeg"
    format = "jpeg"


class PngRenderer(_Made):
    media_type = "image/png"
    format = "png"


class GzipRenderer(_Made):
    media_type = "application/gzip"
    format = "gzip"


class ZipRenderer(_Made):
    media_type = "application/zip"
    format = "zip"
