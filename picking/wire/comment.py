"""Comments."""

from typing import TypedDict

from picking.models import User
from picking.models.comment import Comment


class NamedPersonWire(TypedDict):
    """Somebody who may have left the project."""

    id: int
    username: str


class MentionWire(NamedPersonWire):
    """`written`: what stands in the text after the @; `username` is what they are called now."""

    written: str


class CommentWire(TypedDict):
    """`thread`: the comment that it answers, or its own id. `x`, `y`: of a place, full-resolution pixels.

    `micrograph`: null for the project as a whole. `author`, `resolved_by`: null if the account is gone.
    `sequence`: the event since which it is to be read. `deleted`: its text is empty then; it is listed while it has
    answers. `resolved_at`: of a thread; null while it is open.
    """

    id: str
    thread: str
    micrograph: int | None
    x: float | None
    y: float | None
    author: NamedPersonWire | None
    text: str
    sequence: int
    created_at: str
    edited_at: str | None
    resolved_at: str | None
    resolved_by: NamedPersonWire | None
    deleted: bool
    mentions: list[MentionWire]


def comment_wire(comment: Comment) -> CommentWire:
    deleted = comment.deleted_at is not None
    mentions = [] if deleted else comment.mentions.all()
    return {
        "id": str(comment.pk),
        "thread": str(comment.parent_id or comment.pk),
        "micrograph": comment.micrograph_id,
        "x": comment.x,
        "y": comment.y,
        "author": _named(comment.author),
        "text": "" if deleted else comment.text,
        "sequence": comment.sequence,
        "created_at": comment.created_at.isoformat(),
        "edited_at": comment.edited_at.isoformat() if comment.edited_at else None,
        "resolved_at": comment.resolved_at.isoformat() if comment.resolved_at else None,
        "resolved_by": _named(comment.resolved_by),
        "deleted": deleted,
        "mentions": [{"id": each.user.pk, "username": each.user.username, "written": each.name} for each in mentions],
    }


def _named(user: User | None) -> NamedPersonWire | None:
    return {"id": user.pk, "username": user.username} if user else None
