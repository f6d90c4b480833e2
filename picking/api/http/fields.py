"""Fields and answers of the API that more than one resource has."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from picking.api.http.renderers import BytesRenderer

LARGEST = 2**63 - 1
"""That a database counts to."""

PACKED_RENDERERS = (BytesRenderer, JSONRenderer)
"""The page asks for JSON, in which errors come."""
PACKED = {(200, "application/octet-stream"): OpenApiTypes.BINARY}


class Id(serializers.IntegerField):
    """As a database has them."""

    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST, **more)


class Sequence(serializers.IntegerField):
    """The number of an event; 0 for before the first."""

    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=0, max_value=LARGEST, **more)
