"""CTF values, brought in as a file."""

from typing import Any

from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import person, project_for
from picking.actions.change import Refused
from picking.actions.ctf import import_ctf
from picking.models import Role

MOST_BYTES = 8 * 1024**2
"""A row takes about 250 bytes; reading a file of particles by mistake would hold up everybody else."""


class CtfFile(serializers.Serializer[Any]):
    file = serializers.FileField()


@api_view(["POST"])
@parser_classes([MultiPartParser])
def bring(request: Request, project_id: int) -> Response:
    """Takes the values of a micrographs_ctf.star or a table, and says which names did not match."""
    project_for(request, project_id, Role.ANNOTATOR)
    asked = CtfFile(data=request.data)
    asked.is_valid(raise_exception=True)
    file = asked.validated_data["file"]
    if file.size > MOST_BYTES:
        raise Refused(f"{file.name} is larger than {MOST_BYTES // 1024**2} MiB. Is it a file of CTF values?")
    matched = import_ctf(project_id, person(request), file.name, file.read())
    return Response({"matched": len(matched.values), "unmatched": matched.unmatched, "missing": matched.missing})
