"""A form's field for coordinates, sizes and scores."""

import math
from typing import Any

from rest_framework import serializers


class FiniteFloat(serializers.FloatField):
    """A number that is neither NaN nor infinite, which JSON parsers let through."""

    def to_internal_value(self, data: Any) -> float:
        value = super().to_internal_value(data)
        if not math.isfinite(value):
            raise serializers.ValidationError("Enter a finite number.")
        return value
