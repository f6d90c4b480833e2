"""What browsers ask for of comments. They go the same way as marks, and so none is lost or doubled offline."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class WriteComment:
    """Make a comment, or change the text of one's own. Its place is settled by the first."""

    operation_id: UUID
    id: UUID
    text: str
    micrograph: int | None = None
    x: float | None = None
    y: float | None = None
    thread: UUID | None = None


@dataclass(frozen=True)
class ResolveComment:
    """Close a thread, or open it again."""

    operation_id: UUID
    id: UUID
    resolved: bool


@dataclass(frozen=True)
class RemoveComment:
    """Delete one's own comment, or bring it back."""

    operation_id: UUID
    id: UUID
    deleted: bool


CommentOperation = WriteComment | ResolveComment | RemoveComment
