"""What people do on the canvas, in batches."""

from typing import Any, Literal, NotRequired, TypedDict

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema, extend_schema_field
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


class Type(serializers.ChoiceField):
    """Which operation it is. That chose the form already, and so this adds nothing to what is asked."""

    def __init__(self, *names: str) -> None:
        super().__init__(names, source="*")

    def to_internal_value(self, data: Any) -> Any:
        return {}


class _Operation(serializers.Serializer[Any]):
    operation = serializers.UUIDField(source="operation_id")
    id = serializers.UUIDField()


class _Put(_Operation):
    micrograph = serializers.IntegerField()


class PutLabel(_Put):
    type = Type("label.put")
    kind = serializers.ChoiceField(Label.Kind.choices)
    x = FiniteFloat()
    y = FiniteFloat()


class PutRegion(_Put):
    type = Type("region.put")
    polygon = serializers.ListField(
        child=serializers.ListField(child=FiniteFloat(), min_length=2, max_length=2),
        min_length=3,
        max_length=VERTICES,
    )


class PutVerdict(_Put):
    type = Type("verdict.put")
    kind = serializers.ChoiceField(Verdict.Kind.choices)
    x = FiniteFloat()
    y = FiniteFloat()
    to_x = FiniteFloat(required=False, allow_null=True)
    to_y = FiniteFloat(required=False, allow_null=True)


# One serializer per type, reused for all operations: making one costs more than parsing an operation with it.
PUTS: dict[str, tuple[_Put, type[asked.Put]]] = {
    "label.put": (PutLabel(), asked.PutLabel),
    "region.put": (PutRegion(), asked.PutRegion),
    "verdict.put": (PutVerdict(), asked.PutVerdict),
}
DELETES: dict[str, type[Mark]] = {"label.delete": Label, "region.delete": Region, "verdict.delete": Verdict}


class DeleteMark(_Operation):
    type = Type(*DELETES)


DELETE = DeleteMark()
FORMS: dict[str, Any] = {name: form for name, (form, _) in PUTS.items()} | dict.fromkeys(DELETES, DELETE)


@extend_schema_field(PolymorphicProxySerializer("Operation", FORMS, "type"))
class Operation(serializers.DictField):
    """One of the forms, read by `_parse`."""


class Batch(serializers.Serializer[Any]):
    operations = serializers.ListField(child=Operation(), min_length=1, max_length=BATCH)


class OperationResult(TypedDict):
    """What became of an operation. `detail`: why it was refused."""

    operation: str
    status: Literal["applied", "repeated", "refused"]
    detail: NotRequired[str]


class Applied(TypedDict):
    """`sequence`: of the project, which includes what was applied. `results`: in the order of the operations."""

    sequence: int
    results: list[OperationResult]


@extend_schema(request=Batch, responses=Applied)
@api_view(["POST"])
def apply(request: Request, project_id: int) -> Response:
    """Applies operations in order; one that is refused says why, and the others continue."""
    project_for(request, project_id, Role.ANNOTATOR)
    batch = Batch(data=request.data)
    batch.is_valid(raise_exception=True)
    operations = [_parse(each) for each in batch.validated_data["operations"]]
    sequence, results = apply_operations(project_id, person(request), operations)
    return Response(Applied(sequence=sequence, results=[_result(result) for result in results]))


def _parse(data: dict[str, Any]) -> asked.Operation:
    """Raises ValidationError for anything that is not an operation: only a faulty browser sends that."""
    kind = str(data.get("type"))
    if kind in PUTS:
        form, put = PUTS[kind]
        return put(**form.run_validation(data))
    if kind in DELETES:
        return asked.DeleteMark(**DELETE.run_validation(data), model=DELETES[kind])
    raise serializers.ValidationError({"type": [f"There is no operation “{kind}”."]})


def _result(result: Result) -> OperationResult:
    answer: OperationResult = {"operation": str(result.operation_id), "status": result.status}
    return {**answer, "detail": result.detail} if result.detail else answer
