"""What people do on the canvas, in batches."""

from typing import Any, Literal

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import person, project_for
from picking.actions import marks
from picking.api.fields import FiniteFloat
from picking.models import Label, Role, Verdict

BATCH = 1000
VERTICES = 500


class _Operation(serializers.Serializer[Any]):
    operation = serializers.UUIDField()
    id = serializers.UUIDField()


class _Put(_Operation):
    micrograph = serializers.IntegerField()


class PutLabel(_Put):
    kind = serializers.ChoiceField(Label.Kind.choices)
    x = FiniteFloat()
    y = FiniteFloat()


class PutRegion(_Put):
    polygon = serializers.ListField(
        child=serializers.ListField(child=FiniteFloat(), min_length=2, max_length=2),
        min_length=3,
        max_length=VERTICES,
    )


class PutVerdict(_Put):
    kind = serializers.ChoiceField(Verdict.Kind.choices)
    x = FiniteFloat()
    y = FiniteFloat()
    to_x = FiniteFloat(required=False, allow_null=True)
    to_y = FiniteFloat(required=False, allow_null=True)


PUTS: dict[str, tuple[type[_Put], type[Any]]] = {
    "label.put": (PutLabel, marks.PutLabel),
    "region.put": (PutRegion, marks.PutRegion),
    "verdict.put": (PutVerdict, marks.PutVerdict),
}
DELETES: dict[str, Literal["label", "region", "verdict"]] = {
    "label.delete": "label",
    "region.delete": "region",
    "verdict.delete": "verdict",
}


class Batch(serializers.Serializer[Any]):
    operations = serializers.ListField(child=serializers.DictField(), min_length=1, max_length=BATCH)


@api_view(["POST"])
def apply(request: Request, project_id: int) -> Response:
    """Applies operations in order; one that is refused says why, and the others go on."""
    project_for(request, project_id, Role.ANNOTATOR)
    batch = Batch(data=request.data)
    batch.is_valid(raise_exception=True)
    operations = [_parse(each) for each in batch.validated_data["operations"]]
    sequence, results = marks.apply_operations(project_id, person(request), operations)
    return Response({"sequence": sequence, "results": [_result(result) for result in results]})


def _parse(data: dict[str, Any]) -> marks.Operation:
    """Raises ValidationError: a browser that sends what is no operation has a fault that nobody can mend by hand."""
    kind = str(data.get("type"))
    if kind in PUTS:
        shape, put = PUTS[kind]
        asked = shape(data=data)
        asked.is_valid(raise_exception=True)
        operation: marks.Operation = put(**asked.validated_data)
        return operation
    if kind in DELETES:
        named = _Operation(data=data)
        named.is_valid(raise_exception=True)
        return marks.DeleteMark(**named.validated_data, mark=DELETES[kind])
    raise serializers.ValidationError({"type": [f"There is no operation “{kind}”."]})


def _result(result: marks.Result) -> dict[str, str]:
    answer = {"operation": str(result.operation), "status": result.status}
    return {**answer, "detail": result.detail} if result.detail else answer
