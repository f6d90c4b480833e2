"""What people do on the canvas, in batches."""

from typing import Any

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import person, project_for
from picking.actions import operations as asked
from picking.actions.marks import Result, apply_operations
from picking.api.fields import FiniteFloat
from picking.models import Label, Region, Role, Verdict
from picking.models.mark import Mark

BATCH = 1000
VERTICES = 500


class _Operation(serializers.Serializer[Any]):
    operation = serializers.UUIDField(source="operation_id")
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


# One form a type, as a list of them would have it: making a form costs more than reading one operation with it.
PUTS: dict[str, tuple[_Put, type[asked.Put]]] = {
    "label.put": (PutLabel(), asked.PutLabel),
    "region.put": (PutRegion(), asked.PutRegion),
    "verdict.put": (PutVerdict(), asked.PutVerdict),
}
NAMED = _Operation()
DELETES: dict[str, type[Mark]] = {"label.delete": Label, "region.delete": Region, "verdict.delete": Verdict}


class Batch(serializers.Serializer[Any]):
    operations = serializers.ListField(child=serializers.DictField(), min_length=1, max_length=BATCH)


@api_view(["POST"])
def apply(request: Request, project_id: int) -> Response:
    """Applies operations in order; one that is refused says why, and the others go on."""
    project_for(request, project_id, Role.ANNOTATOR)
    batch = Batch(data=request.data)
    batch.is_valid(raise_exception=True)
    operations = [_parse(each) for each in batch.validated_data["operations"]]
    sequence, results = apply_operations(project_id, person(request), operations)
    return Response({"sequence": sequence, "results": [_result(result) for result in results]})


def _parse(data: dict[str, Any]) -> asked.Operation:
    """Raises ValidationError: a browser that sends what is no operation has a fault that nobody can mend by hand."""
    kind = str(data.get("type"))
    if kind in PUTS:
        form, put = PUTS[kind]
        return put(**form.run_validation(data))
    if kind in DELETES:
        return asked.DeleteMark(**NAMED.run_validation(data), model=DELETES[kind])
    raise serializers.ValidationError({"type": [f"There is no operation “{kind}”."]})


def _result(result: Result) -> dict[str, str]:
    answer = {"operation": str(result.operation_id), "status": result.status}
    return {**answer, "detail": result.detail} if result.detail else answer
