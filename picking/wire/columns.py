"""Many rows of one shape, as one list for each of its fields: names once, and few arrays for a browser to read."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

Columns = dict[str, list[Any]]


@dataclass(frozen=True)
class ColumnsOf:
    """`Annotated[Columns, ColumnsOf(LabelWire)]` says whose fields the columns are."""

    shape: type

    @property
    def names(self) -> list[str]:
        """Of the fields, which are the columns."""
        return [field.name for field in fields(self.shape)]

    def of(self, rows: Iterable[tuple[Any, ...]]) -> Columns:
        """Columns of rows whose values are in the order of `names`."""
        columns = list(zip(*rows, strict=True)) or [()] * len(self.names)
        return {name: list(column) for name, column in zip(self.names, columns, strict=True)}
