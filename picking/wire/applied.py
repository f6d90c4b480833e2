"""What became of operations."""

from typing import Literal, NotRequired, TypedDict


class OperationResultWire(TypedDict):
    """What became of an operation. `detail`: why it was refused."""

    operation: str
    status: Literal["applied", "repeated", "refused"]
    detail: NotRequired[str]


class AppliedWire(TypedDict):
    """`sequence`: of the project, which includes what was applied. `results`: in the order of the operations."""

    sequence: int
    results: list[OperationResultWire]
