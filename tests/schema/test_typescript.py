"""The page's types, generated."""

import pytest

from picking.schema.shapes import Schema
from picking.schema.typescript import FILE, typescript, wire_ts


def test_the_page_has_the_types_of_this_server() -> None:
    assert FILE.read_text() == wire_ts(), (
        "frontend/src/wire.ts is not what the Python says now: run `python manage.py typescript` and commit it."
    )


@pytest.mark.parametrize(
    ("schema", "written"),
    [
        ({"type": ["number", "null"]}, "number | null"),
        ({"anyOf": [{"$ref": "#/components/schemas/Job"}, {"type": "null"}]}, "Job | null"),
        ({"enum": ["a", "b"], "type": "string"}, '"a" | "b"'),
        ({"type": "array", "items": {"type": "string"}}, "readonly string[]"),
        ({"type": "array", "items": {"enum": ["a", "b"]}}, 'readonly ("a" | "b")[]'),
        ({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}, "readonly [number, number]"),
        ({"type": "array", "items": {"type": "number"}, "minItems": 1, "maxItems": 9}, "readonly number[]"),
        ({"type": "array", "prefixItems": [{"type": "string"}, {}]}, "readonly [string, unknown]"),
        ({"type": "object", "additionalProperties": {}}, "Readonly<Record<string, unknown>>"),
    ],
)
def test_a_schema_has_its_type(schema: Schema, written: str) -> None:
    assert typescript({"It": schema}) == f"\nexport type It = {written}\n"


def test_fields_that_may_be_missing_are_marked_and_descriptions_are_comments() -> None:
    fields = {"id": {"type": "integer", "description": "Of the row."}, "note": {"type": "string"}}
    schema = {"type": "object", "description": "One.\n\nAnother.", "properties": fields, "required": ["id"]}
    assert typescript({"It": schema}) == (
        "\n/**\n * One.\n *\n * Another.\n */\nexport type It = {\n"
        "  /** Of the row. */\n  readonly id: number\n  readonly note?: string\n}\n"
    )


def test_a_schema_of_another_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        typescript({"It": {"type": "mystery"}})
