"""JSON Schema of type hints."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, NotRequired, TypedDict

import pytest

from picking.models import Label
from picking.schema.shapes import Schema, name_of, schema_of, shape_schema
from picking.wire.columns import Columns, ColumnsOf


class PlaceWire(TypedDict):
    """Where."""

    x: float
    note: NotRequired[str]


@dataclass
class Put:
    KIND: ClassVar[str] = "put"
    place: PlaceWire
    kind: Annotated[str, Label.Kind]


def refer(shape: type) -> Schema:
    return {"$ref": name_of(shape)}


def test_a_typed_dict_is_an_object_with_what_its_class_says() -> None:
    assert shape_schema(PlaceWire, refer) == {
        "type": "object",
        "description": "Where.",
        "properties": {"x": {"type": "number"}, "note": {"type": "string"}},
        "required": ["x"],
    }


def test_a_dataclass_is_an_object_of_its_fields_alone() -> None:
    assert shape_schema(Put, refer) == {
        "type": "object",
        "properties": {"place": {"$ref": "Place"}, "kind": {"$ref": "LabelKind"}},
        "required": ["place", "kind"],
    }


def test_choices_are_the_values_that_rows_hold() -> None:
    assert shape_schema(Label.Kind, refer) == {"type": "string", "enum": ["particle", "background", "contamination"]}


@pytest.mark.parametrize(
    ("hint", "schema"),
    [
        (int | None, {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
        (list[bool], {"type": "array", "items": {"type": "boolean"}}),
        (dict[str, Any], {"type": "object", "additionalProperties": {}}),
        (Literal["a", "b"], {"type": "string", "enum": ["a", "b"]}),
        (
            tuple[str, float],
            {"type": "array", "prefixItems": [{"type": "string"}, {"type": "number"}], "minItems": 2, "maxItems": 2},
        ),
        (
            Annotated[Columns, ColumnsOf(Put)],
            {
                "type": "object",
                "properties": {
                    "place": {"type": "array", "items": {"$ref": "Place"}},
                    "kind": {"type": "array", "items": {"$ref": "LabelKind"}},
                },
                "required": ["place", "kind"],
            },
        ),
    ],
)
def test_a_hint_has_its_schema(hint: object, schema: Schema) -> None:
    assert schema_of(hint, refer) == schema


def test_a_hint_that_says_too_little_is_refused() -> None:
    with pytest.raises(TypeError, match="has no schema"):
        schema_of(object, refer)
