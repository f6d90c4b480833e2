"""Fields and answers of the API that more than one resource has."""

from drf_spectacular.types import OpenApiTypes
from rest_framework.renderers import JSONRenderer

from picking.api.http.renderers import BytesRenderer

PACKED_RENDERERS = (BytesRenderer, JSONRenderer)
"""The page asks for JSON, in which errors come."""
PACKED = {(200, "application/octet-stream"): OpenApiTypes.BINARY}
