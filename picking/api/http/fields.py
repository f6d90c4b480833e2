"""Fields and answers of the API that more than one resource has."""

import math
from typing import Any

from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from picking.api.http.renderers import BytesRenderer

PACKED_RENDERERS = (BytesRenderer, JSONRenderer)
"""The page asks for JSON, in which errors come."""
PACKED = {(200, "application/octet-stream"): OpenApiTypes.BINARY}


class FiniteFloat(serializers.FloatField):
    """A number that is neither NaN nor infinite, which JSON parsers let through."""

    def to_internal_value(self, data: Any) -> float:
        value = super().to_internal_value(data)
        if not math.isfinite(value):
            raise serializers.ValidationError("Enter a finite number.")
        return value
