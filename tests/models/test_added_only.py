"""New migrations only add, so that processes of the release before go on during an upgrade (docs/deploy.md)."""

import re
from collections.abc import Iterator

import pytest
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    AddField,
    AddIndex,
    AlterField,
    AlterModelManagers,
    AlterModelOptions,
    CreateModel,
    RemoveField,
    RenameField,
    RunSQL,
)
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

SINCE = 35
"""Migrations from this number on are held to the rule."""
HARMLESS = (CreateModel, AddIndex, AlterModelOptions, AlterModelManagers)
WITH_A_REASON: dict[tuple[str, str], str] = {}
"""(migration, operation) -> why the release before goes on with it all the same."""


def new_operations() -> Iterator[tuple[str, Operation]]:
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        if app == "picking" and int(re.match(r"\d+", name)[0]) >= SINCE:  # type: ignore[index]
            yield from ((name, operation) for operation in migration.operations)


def only_adds(operation: Operation) -> bool:
    """Whether rows that the release before writes still fit: it does not know the column.

    Django takes a default of Python's away again once the column is filled; one of the database stays.
    """
    if isinstance(operation, AddField):
        field = operation.field
        return field.null or field.db_default is not NOT_PROVIDED or bool(field.many_to_many)
    if isinstance(operation, AlterField):  # choices and help texts say nothing to the database
        return operation.field.null or operation.field.db_default is not NOT_PROVIDED or bool(operation.field.choices)
    return isinstance(operation, HARMLESS)


def test_new_migrations_only_add() -> None:
    breaches = [
        f"{name}: {operation.describe()}"
        for name, operation in new_operations()
        if not only_adds(operation) and (name, operation.describe()) not in WITH_A_REASON
    ]
    assert breaches == [], "give new columns null=True or db_default=…, and drop nothing that the last release reads"


@pytest.mark.parametrize(
    ("operation", "adds"),
    [
        (AddField("project", "x", models.IntegerField(default=0)), False),
        (AddField("project", "x", models.IntegerField(default=0, db_default=0)), True),
        (AddField("project", "x", models.IntegerField(null=True)), True),
        (RemoveField("project", "name"), False),
        (RenameField("project", "name", "title"), False),
        (RunSQL("DROP TABLE picking_label"), False),
    ],
)
def test_the_rule_tells_additions_from_what_breaks_the_release_before(operation: Operation, adds: bool) -> None:
    assert only_adds(operation) == adds
