"""JSON Schema (2020-12, which OpenAPI 3.1 uses) of TypedDicts, dataclasses and choices, from their type hints."""

import dataclasses
import inspect
from collections.abc import Callable
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from django.db.models import TextChoices

from picking.wire.columns import ColumnsOf

Schema = dict[str, Any]
Refer = Callable[[type], Schema]
"""What stands for a shape inside of another one: a reference."""

BASIC: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Any: {},
}


def is_shape(hint: object) -> bool:
    """Whether a hint is a class that has a name of its own in the schema."""
    if not isinstance(hint, type):
        return False
    return is_typeddict(hint) or dataclasses.is_dataclass(hint) or issubclass(hint, TextChoices)


def name_of(shape: type) -> str:
    """`Job` of JobWire, `LabelKind` of Label.Kind."""
    return shape.__qualname__.replace(".", "").removesuffix("Wire")


def shape_schema(shape: type, refer: Refer) -> Schema:
    """The schema of a shape itself."""
    if issubclass(shape, TextChoices):
        return {"type": "string", "enum": list(shape.values)}
    fields = fields_of(shape)
    properties = {name: schema_of(hint, refer) for name, hint in fields.items()}
    required = [name for name, hint in fields.items() if get_origin(hint) is not NotRequired]
    said = shape.__doc__ or ""
    # A dataclass without a docstring gets its own signature for one.
    description = {} if not said or said.startswith(f"{shape.__name__}(") else {"description": inspect.cleandoc(said)}
    return {"type": "object", **description, "properties": properties, "required": required}


def fields_of(shape: type) -> dict[str, Any]:
    """name -> hint, of what travels: no constants of the class."""
    hints = get_type_hints(shape, include_extras=True)
    if dataclasses.is_dataclass(shape):
        return {field.name: hints[field.name] for field in dataclasses.fields(shape)}
    return hints


def schema_of(hint: Any, refer: Refer) -> Schema:  # noqa: PLR0911 one line a kind of hint
    """The schema of a hint. Raises TypeError where it has none."""
    origin, args = get_origin(hint), get_args(hint)
    if hint in BASIC:
        return BASIC[hint]
    if is_shape(hint):
        return refer(hint)
    if isinstance(hint, ColumnsOf):
        return _columns(hint, refer)
    if origin is Annotated:  # what a string says beyond being one
        return schema_of(args[1], refer)
    if origin is NotRequired:
        return schema_of(args[0], refer)
    if origin is Literal:
        return {"type": "string", "enum": list(args)}
    if origin in (Union, UnionType):
        return {"anyOf": [schema_of(each, refer) for each in args]}
    if origin is tuple:
        length = {"minItems": len(args), "maxItems": len(args)}
        if len(set(args)) == 1:
            return {"type": "array", "items": schema_of(args[0], refer), **length}
        return {"type": "array", "prefixItems": [schema_of(each, refer) for each in args], **length}
    if origin is list:
        return {"type": "array", "items": schema_of(args[0], refer)}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(args[1], refer)}
    raise TypeError(f"{hint} has no schema. Make it a TypedDict, or say in picking.schema.shapes what it is.")


def _columns(columns: ColumnsOf, refer: Refer) -> Schema:
    columns_of = fields_of(columns.shape).items()
    lists = {name: {"type": "array", "items": schema_of(hint, refer)} for name, hint in columns_of}
    return {"type": "object", "properties": lists, "required": list(lists)}
