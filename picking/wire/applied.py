"""What became of operations."""

from typing import Literal, NotRequired, TypedDict


class OperationResultWire(TypedDict):
    """What became of an operation. `detail`: why it was not applied.

    `overtaken`: the person `by` (null: nobody, or an account that is gone) had changed the mark since, which stands.
    """

    operation: str
    status: Literal["applied", "repeated", "refused", "overtaken"]
    detail: NotRequired[str]
    by: NotRequired[int | None]


class AppliedWire(TypedDict):
    """`sequence`: of the project, which includes what was applied. `results`: in the order of the operations."""

    sequence: int
    results: list[OperationResultWire]
