"""What drf-spectacular cannot know: shapes that are not serializers, our sign-in, and what the socket carries."""

from typing import Any, get_args, get_origin

from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent
from drf_spectacular.utils import Direction

from picking import problems
from picking.live.messages import Message, Said
from picking.schema.shapes import Schema, is_shape, name_of, schema_of, shape_schema


class Session(SessionScheme):
    """Teaches drf-spectacular how requests are signed in."""

    target_class = "picking.api.http.authentication.SessionAuthentication"
    priority = 0


class Bearer(OpenApiAuthenticationExtension):
    """The same for tokens."""

    target_class = "picking.api.http.authentication.TokenAuthentication"
    name = "tokenAuth"
    priority = 0

    def get_security_definition(self, auto_schema: AutoSchema) -> Schema:
        return {"type": "http", "scheme": "bearer"}


class Shapes(OpenApiSerializerExtension):
    """Lets `extend_schema` take a TypedDict or a dataclass, and a list of one."""

    @classmethod
    def _matches(cls, target: Any) -> bool:
        return is_shape(target) or (get_origin(target) is list and is_shape(*get_args(target)))

    def get_name(self, auto_schema: AutoSchema, direction: Direction) -> str:
        return name_of(self.target) if is_shape(self.target) else f"{name_of(*get_args(self.target))}List"

    def map_serializer(self, auto_schema: AutoSchema, direction: Direction) -> Schema:
        schema = shape_schema if is_shape(self.target) else schema_of
        return schema(self.target, lambda shape: _reference(shape, auto_schema.registry))


ANYWHERE = (400, 401, 403, 404, 406, 409, 429)
"""Problems that every address may have."""
WITH_CHANGES = (412, 413, 415, 422, 507)
"""Those of addresses that change something, besides."""


def add_problems(result: Schema, generator: SchemaGenerator, **_: Any) -> Schema:
    """Tells of each operation the answers that say why it failed."""
    content = {problems.MEDIA_TYPE: {"schema": _reference(problems.Problem, generator.registry)}}
    for methods in result["paths"].values():
        for method, operation in methods.items():
            if not isinstance(operation, dict):
                continue
            for status in ANYWHERE if method == "get" else ANYWHERE + WITH_CHANGES:
                said = {"description": problems.KINDS[status][1], "content": content}
                operation["responses"].setdefault(str(status), said)
    return result


def add_socket(result: Schema, generator: SchemaGenerator, **_: Any) -> Schema:
    """Among the components, the messages of the socket, of which OpenAPI has no notion."""
    message = ResolvedComponent("Message", ResolvedComponent.SCHEMA, object=Message)
    message.schema = schema_of(Message, lambda shape: _reference(shape, generator.registry))
    generator.registry.register(message)
    for said in get_args(Said):
        _reference(said, generator.registry)
    return {**result, "components": generator.registry.build({})}


def _reference(shape: type, registry: ComponentRegistry) -> Schema:
    """A reference to a shape, which is among the components from now on, as are the shapes in it."""
    component = ResolvedComponent(name_of(shape), ResolvedComponent.SCHEMA, object=shape)
    if component not in registry:
        registry.register(component)
        component.schema = shape_schema(shape, lambda inner: _reference(inner, registry))
    reference: Schema = component.ref
    return reference
