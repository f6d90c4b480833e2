"""What people do on the canvas, in batches."""

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import Annotated, Any, Literal, NotRequired, TypedDict, get_origin, get_type_hints

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import person, project_for
from picking.actions import operations
from picking.actions.marks import Result, apply_operations
from picking.actions.operations import MARKS, Polygon, PutMark
from picking.api.http.fields import FiniteFloat
from picking.models import Right

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


FIELDS: dict[Any, Callable[[], serializers.Field[Any, Any, Any, Any]]] = {
    float: FiniteFloat,
    float | None: partial(FiniteFloat, required=False, allow_null=True),
    Polygon: lambda: serializers.ListField(child=_place(), min_length=3, max_length=VERTICES),
}
"""How what a mark says is read, by the type of its field."""


def _place() -> serializers.ListField:
    return serializers.ListField(child=FiniteFloat(), min_length=2, max_length=2)


def _form(name: str, put: type[PutMark]) -> _Put:
    """The form of an operation that puts a mark of this name: its fields are the operation's."""
    hints = get_type_hints(put, include_extras=True)
    own = [field.name for field in fields(put) if field.name not in PutMark.__annotations__]
    read: dict[str, Any] = {"type": Type(f"{name}.put"), **{each: _field(hints[each]) for each in own}}
    form: _Put = type(put.__name__, (_Put,), read)()
    return form


def _field(hint: Any) -> serializers.Field[Any, Any, Any, Any]:
    if get_origin(hint) is Annotated:
        return serializers.ChoiceField(hint.__metadata__[0].choices)
    return FIELDS[hint]()


# One serializer per type, reused for all operations: making one costs more than parsing an operation with it.
PUTS = {f"{name}.put": (_form(name, put), put) for name, put in MARKS.items()}
DELETES = {f"{name}.delete": put for name, put in MARKS.items()}


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
    project_for(request, project_id, Right.ANNOTATE)
    batch = Batch(data=request.data)
    batch.is_valid(raise_exception=True)
    wanted = [_parse(each) for each in batch.validated_data["operations"]]
    sequence, results = apply_operations(project_id, person(request), wanted)
    return Response(Applied(sequence=sequence, results=[_result(result) for result in results]))


def _parse(data: dict[str, Any]) -> operations.Operation:
    """Raises ValidationError for anything that is not an operation: only a faulty browser sends that."""
    kind = str(data.get("type"))
    if kind in PUTS:
        form, put = PUTS[kind]
        return put(**form.run_validation(data))
    if kind in DELETES:
        return operations.DeleteMark(**DELETE.run_validation(data), kind=DELETES[kind])
    raise serializers.ValidationError({"type": [f"There is no operation “{kind}”."]})


def _result(result: Result) -> OperationResult:
    answer: OperationResult = {"operation": str(result.operation_id), "status": result.status}
    return {**answer, "detail": result.detail} if result.detail else answer
