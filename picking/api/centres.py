"""Local centres: where the blobs lie that boxes are put around."""

from typing import Any

import numpy as np
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking import queries, storage
from picking.access import micrograph_for
from picking.api.fields import FiniteFloat
from picking.refusals import Refused
from picking.science.imaging.centre import level_for, local_centres
from picking.science.imaging.pyramid import level_shapes, open_level
from picking.science.picks import as_points

MOST = 1000


class CentresAsked(serializers.Serializer[Any]):
    points = serializers.ListField(
        child=serializers.ListField(child=FiniteFloat(), min_length=2, max_length=2), min_length=1, max_length=MOST
    )


@api_view(["POST"])
def find(request: Request, micrograph_id: int) -> Response:
    """For each place [x, y] the centre of the blob in the box around it. Changes nothing."""
    micrograph = micrograph_for(request, micrograph_id)
    asked = CentresAsked(data=request.data)
    asked.is_valid(raise_exception=True)
    diameter = queries.diameter_px(micrograph)
    if diameter is None:
        raise Refused("The files do not say their pixel size. Type it in the project's settings first.")
    width, height = micrograph.width, micrograph.height
    points = np.clip(as_points(asked.validated_data["points"]), 0, (width - 1, height - 1))
    level = level_for(diameter, len(level_shapes(width, height)))
    pixels = open_level(storage.pyramid_path(micrograph.project_id, micrograph.key), width, height, level)
    centres = local_centres(pixels, level, points, diameter, queries.particle_labels(micrograph))
    return Response({"points": np.clip(centres, 0, (width - 1, height - 1)).tolist()})
