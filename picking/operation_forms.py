"""What people do on the canvas, as browsers and programs write it: the forms of operations, by HTTP and by socket."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any, get_origin, get_type_hints

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from picking.actions.marks import comment_operations, operations
from picking.actions.marks.marks import Result
from picking.actions.marks.operations import MARKS, Polygon, PutMark
from picking.finite_float import FiniteFloat
from picking.wire import AppliedWire, OperationResultWire

BATCH = 1000
VERTICES = 500
COMMENT = 4000
"""The most characters of one."""


class Type(serializers.ChoiceField):
    """Which operation it is. That chose the form already, and so this adds nothing to what is asked."""

    def __init__(self, *names: str) -> None:
        super().__init__(names, source="*")

    def to_internal_value(self, data: Any) -> Any:
        return {}


class _Operation(serializers.Serializer[Any]):
    operation = serializers.UUIDField(source="operation_id")
    id = serializers.UUIDField()


class _OnMark(_Operation):
    after = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=2**63 - 1)


class _Put(_OnMark):
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
    read: dict[str, Any] = {"type": Type(f"{name}.put"), **{each: _field(hints[each]) for each in put.says()}}
    form: _Put = type(put.__name__, (_Put,), read)()
    return form


def _field(hint: Any) -> serializers.Field[Any, Any, Any, Any]:
    if get_origin(hint) is Annotated:
        return serializers.ChoiceField(hint.__metadata__[0].choices)
    return FIELDS[hint]()


# One serializer per type, reused for all operations: making one costs more than parsing an operation with it.
PUTS = {f"{name}.put": (_form(name, put), put) for name, put in MARKS.items()}
DELETES = {f"{name}.delete": put for name, put in MARKS.items()}


class DeleteMark(_OnMark):
    type = Type(*DELETES)


class WriteComment(_Operation):
    type = Type("comment.write")
    text = serializers.CharField(max_length=COMMENT)
    micrograph = serializers.IntegerField(required=False, allow_null=True)
    x = FiniteFloat(required=False, allow_null=True)
    y = FiniteFloat(required=False, allow_null=True)
    thread = serializers.UUIDField(required=False, allow_null=True)


class ResolveComment(_Operation):
    type = Type("comment.resolve")
    resolved = serializers.BooleanField()


class RemoveComment(_Operation):
    type = Type("comment.remove")
    deleted = serializers.BooleanField()


DELETE = DeleteMark()
COMMENTS: dict[str, tuple[_Operation, Callable[..., operations.Operation]]] = {
    "comment.write": (WriteComment(), comment_operations.WriteComment),
    "comment.resolve": (ResolveComment(), comment_operations.ResolveComment),
    "comment.remove": (RemoveComment(), comment_operations.RemoveComment),
}
OF_ONE_FORM: dict[str, tuple[_Operation, Callable[..., operations.Operation]]] = {**PUTS, **COMMENTS}
FORMS: dict[str, Any] = {name: form for name, (form, _) in OF_ONE_FORM.items()} | dict.fromkeys(DELETES, DELETE)


@extend_schema_field(PolymorphicProxySerializer("Operation", FORMS, "type"))
class Operation(serializers.DictField):
    """One of the forms, read by `_parse`."""


class Batch(serializers.Serializer[Any]):
    operations = serializers.ListField(child=Operation(), min_length=1, max_length=BATCH)


def parse(data: dict[str, Any]) -> operations.Operation:
    """Raises ValidationError for anything that is not an operation: only a faulty browser sends that."""
    kind = str(data.get("type"))
    if kind in OF_ONE_FORM:
        form, made = OF_ONE_FORM[kind]
        return made(**form.run_validation(data))
    if kind in DELETES:
        return operations.DeleteMark(**DELETE.run_validation(data), kind=DELETES[kind])
    raise serializers.ValidationError({"type": [f"There is no operation “{kind}”."]})


def applied_wire(sequence: int, results: Sequence[Result]) -> AppliedWire:
    """The answer to operations."""
    return {"sequence": sequence, "results": [_result_wire(result) for result in results]}


def _result_wire(result: Result) -> OperationResultWire:
    answer: OperationResultWire = {"operation": str(result.operation_id), "status": result.status}
    if result.detail:
        answer["detail"] = result.detail
    if result.status == "overtaken":
        answer["by"] = result.by
    return answer
