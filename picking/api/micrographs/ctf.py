"""Import of CTF values from a file."""

from typing import Any, TypedDict

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import person, project_for
from picking.actions.micrographs.ctf import import_ctf
from picking.models import Right
from picking.refusals import Refused

MOST_BYTES = 8 * 1024**2
"""Of a file: a row takes about 250 bytes, so this allows tens of thousands. They are read in the thread of the request
(Django's ASGIHandler gives each its own), while other requests continue."""


class CtfFile(serializers.Serializer[Any]):
    file = serializers.FileField()


class UnusedRow(TypedDict):
    """A row of the file that could not be used."""

    name: str
    reason: str


class BroughtCtf(TypedDict):
    """What came of a file.

    `matched`: how many micrographs took values. `unmatched`: names in the file that no micrograph has. `missing`:
    micrographs that the file does not name.
    """

    matched: int
    unmatched: list[str]
    missing: list[str]
    left_out: list[UnusedRow]


@extend_schema(request=CtfFile, responses=BroughtCtf)
@api_view(["POST"])
@parser_classes([MultiPartParser])
def bring(request: Request, project_id: int) -> Response:
    """Imports the values of a micrographs_ctf.star or a table, and says what did not match or was left out."""
    project_for(request, project_id, Right.MANAGE)
    asked = CtfFile(data=request.data)
    asked.is_valid(raise_exception=True)
    file = asked.validated_data["file"]
    if file.size > MOST_BYTES:
        raise Refused(
            f"{file.name} is larger than {MOST_BYTES // 1024**2} MiB. Use the micrographs_ctf.star of a CTF "
            "estimation job, with one row for each micrograph. If it is that file, an administrator can import it "
            "on the server with manage.py import_ctf."
        )
    matched = import_ctf(project_id, person(request), file.name, file.read())
    brought: BroughtCtf = {
        "matched": len(matched.values),
        "unmatched": matched.unmatched,
        "missing": matched.missing,
        "left_out": [{"name": name, "reason": reason} for name, reason in matched.left_out.items()],
    }
    return Response(brought)
