"""Statements whose SQL Django writes once: those that each label needs.

To write the SQL of a query costs Django several times what PostgreSQL takes to answer one that asks for a few rows
(docs/decisions/0102-prepared.md). What is asked stays a query of Django's; the rows are as that would give them.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, repeat
from typing import Any, Generic, TypeVar, cast

from django.db import connection
from django.db.models import AutoField, Field, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
Id = int | Collection[int]
FIRST_PLACEHOLDER = 2**40
"""Stands for the first id while Django writes the SQL, the next for the next: larger than any id."""
ROWS_A_STATEMENT = 500
"""SQLite takes 32,766 values in a statement; PostgreSQL 65,535."""


@dataclass(frozen=True)
class Statement(Generic[M]):
    """`values`: of each parameter in turn. `compiler`: turns what the database answers into values of Python's."""

    model: type[M]
    sql: str
    values: Sequence[Any]
    names: Sequence[str]
    compiler: SQLCompiler
    converters: Any


class Prepared(Generic[M]):
    """`ask` makes the query from ids and collections of ids, which it may only compare with columns.

    It is called once for each size of its collections; these are filled up to the next power of two.
    """

    def __init__(self, ask: Callable[..., QuerySet[M]]) -> None:
        self._ask = ask
        self._statements: dict[tuple[int | None, ...], Statement[M]] = {}

    def __call__(self, *ids: Id) -> list[M]:
        """The rows. Without a query where one of the collections is empty."""
        given = [one if isinstance(one, int) else _filled(list(one)) for one in ids]
        if [] in given:
            return []
        sizes = tuple(None if isinstance(one, int) else len(one) for one in given)
        statement = self._statements.get(sizes)
        if statement is None:
            statement = self._statements[sizes] = self._written(sizes)
        flat = [each for one in given for each in ([one] if isinstance(one, int) else one)]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, [_in_place(value, flat) for value in statement.values])
            rows = cursor.fetchall()
        converted = statement.compiler.apply_converters(rows, statement.converters)
        return [statement.model.from_db(connection.alias, statement.names, row) for row in converted]

    def _written(self, sizes: tuple[int | None, ...]) -> Statement[M]:
        numbers = count(FIRST_PLACEHOLDER)
        stand_ins = [next(numbers) if size is None else [next(numbers) for _ in range(size)] for size in sizes]
        asked = self._ask(*stand_ins)
        compiler = asked.query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        columns = [expression for expression, *_ in compiler.select]
        names = [column.target.attname for column in columns]
        return Statement(asked.model, sql, values, names, compiler, compiler.get_converters(columns))


def _filled(ids: list[int]) -> list[int]:
    """So that a few statements serve all sizes. An id that is named twice asks for nothing more."""
    if not ids:
        return []
    return ids + list(repeat(ids[-1], 2 ** (len(ids) - 1).bit_length() - len(ids)))


def _in_place(value: Any, flat: Sequence[int]) -> Any:
    is_stand_in = isinstance(value, int) and value >= FIRST_PLACEHOLDER
    return flat[value - FIRST_PLACEHOLDER] if is_stand_in else value


def insert(rows: Sequence[Model]) -> None:
    """New rows of one model, as its `bulk_create` would write them. Ids that the database gives are not read back."""
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        some = rows[start : start + ROWS_A_STATEMENT]
        fields = _inserted(type(some[0]))
        into, placeholders = _insert_into(type(some[0]))
        values = [value for row in some for value in _values(row, fields, add=True)]
        with connection.cursor() as cursor:
            cursor.execute(into + ", ".join(repeat(placeholders, len(some))), values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@cache
def _inserted(model: type[Model]) -> "list[Field[Any, Any]]":
    """All but an id that the database gives."""
    return [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]


@cache
def _insert_into(model: type[Model]) -> tuple[str, str]:
    """The statement up to its values, and the placeholders of one row."""
    columns = [_column(field) for field in _inserted(model)]
    into = " ".join(["INSERT INTO", _quoted(model._meta.db_table), f"({', '.join(columns)})", "VALUES "])
    return into, f"({', '.join(repeat('%s', len(columns)))})"


def update(row: Model, names: Sequence[str]) -> None:
    """Writes these fields of a row that is there, as its `save` would, without telling those who wait for signals."""
    model = row._meta
    fields = [cast("Field[Any, Any]", model.get_field(name)) for name in names]
    columns = ", ".join(f"{_column(field)} = %s" for field in fields)
    statement = " ".join(["UPDATE", _quoted(model.db_table), "SET", columns, "WHERE", _column(model.pk), "= %s"])
    with connection.cursor() as cursor:
        cursor.execute(statement, [*_values(row, fields, add=False), row.pk])


def _column(field: "Field[Any, Any]") -> str:
    return _quoted(str(field.column))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _values(row: Model, fields: Sequence[Any], add: bool) -> Iterator[Any]:
    return (field.get_db_prep_save(field.pre_save(row, add), connection) for field in fields)
