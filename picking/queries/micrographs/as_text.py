"""Columns that the database itself writes as text: to make objects of 10,000 times and ids, and text of them again,
takes as long as to read all else of their rows.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Func, TextField

_DASHED = " || '-' || ".join(f"SUBSTR(%(expressions)s, {start}, {length})" for start, length in (
    (1, 8), (9, 4), (13, 4), (17, 4), (21, 12),
))  # fmt: skip
_TO_MICROSECONDS = """'YYYY-MM-DD"T"HH24:MI:SS.US'"""


class IsoTime(Func):
    """A time as `datetime.isoformat` writes it, in UTC: without microseconds where there are none."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "REPLACE(%(expressions)s, ' ', 'T') || '+00:00'"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        text = f"TO_CHAR(%(expressions)s AT TIME ZONE 'UTC', {_TO_MICROSECONDS})"
        return self.as_sql(compiler, connection, template=f"REPLACE({text}, '.000000', '') || '+00:00'", **context)


class IdText(Func):
    """A UUID with its dashes, as `str` writes it."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=_DASHED, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s)::text", **context)


def as_text(names: Iterable[str], **texts: type[Func]) -> list[str | Func]:
    """What `values_list` takes for columns of which some come as text."""
    return [texts[name](name) if name in texts else name for name in names]
