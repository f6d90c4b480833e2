"""TypeScript of the components of an OpenAPI schema: the page is compiled against what programs are told."""

import json
from pathlib import Path
from textwrap import indent

from drf_spectacular.generators import SchemaGenerator

from picking.models import Right, Role
from picking.models.people.membership import TITLES
from picking.schema.shapes import Schema

FILE = Path(__file__).resolve().parents[2] / "frontend" / "src" / "wire.ts"
HEAD = "// What travels between page and server. Made by `manage.py typescript` from the Python that defines it.\n"
BASIC = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def wire_ts() -> str:
    """The content of FILE."""
    return HEAD + _roles() + typescript(SchemaGenerator().get_schema(public=True)["components"]["schemas"])


def _roles() -> str:
    """Besides their type: the page offers every role, and must know what each may do."""
    roles = {
        role.value: {
            "title": TITLES[role],
            "annotates": role.may(Right.ANNOTATE),
            "manages": role.may(Right.MANAGE),
            "owns": role.may(Right.OWN),
        }
        for role in Role
    }
    text = json.dumps(roles, indent=2, ensure_ascii=False)
    return f"\n/** What the page says of each role, and what it may do. */\nexport const ROLES = {text}\n"


def typescript(components: Schema) -> str:
    """One exported type a component. Raises KeyError for a schema of which this knows nothing."""
    types = (f"\n{_comment(schema)}export type {name} = {_type(schema)}\n" for name, schema in components.items())
    return "".join(types)


def _type(schema: Schema) -> str:
    kind = schema.get("type")
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if kinds := schema.get("anyOf") or schema.get("oneOf"):
        return " | ".join(_type(each) for each in kinds)
    if isinstance(kind, list):
        return " | ".join(_type({**schema, "type": each}) for each in kind)
    if kind in ("array", "object"):
        return _array(schema) if kind == "array" else _object(schema)
    return BASIC[schema["type"]] if schema else "unknown"


def _array(schema: Schema) -> str:
    """A tuple where the length is given."""
    length = schema.get("minItems")
    if "items" not in schema:
        items = [_type(each) for each in schema["prefixItems"]]
    elif length is not None and length == schema.get("maxItems"):
        items = [_type(schema["items"])] * length
    else:
        item = _type(schema["items"])
        return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"
    return f"readonly [{', '.join(items)}]"


def _object(schema: Schema) -> str:
    if "properties" not in schema:
        return f"Readonly<Record<string, {_type(schema.get('additionalProperties', {}))}>>"
    required = schema.get("required", ())
    fields = (
        f"{_comment(field)}readonly {name}{'' if name in required else '?'}: {_type(field)}\n"
        for name, field in schema["properties"].items()
    )
    return f"{{\n{indent(''.join(fields), '  ')}}}"


def _comment(schema: Schema) -> str:
    if "description" not in schema:
        return ""
    lines = str(schema["description"]).splitlines()
    if len(lines) == 1:
        return f"/** {lines[0]} */\n"
    return "/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */\n"
