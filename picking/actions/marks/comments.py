"""Write, edit, resolve and delete comments, and note what somebody has read.

What browsers ask for comes as operations with those of marks (marks.py), in the same transaction.
"""

from typing import Literal
from uuid import UUID

from django.utils import timezone

from picking import events, wire
from picking.actions.locked_project import locked_project, require_open
from picking.actions.marks.comment_operations import CommentOperation, RemoveComment, ResolveComment, WriteComment
from picking.actions.marks.mentions import names_in
from picking.actions.marks.operations import require_inside
from picking.actions.webhooks.deliveries import note_comment
from picking.models import Comment, Mention, Micrograph, Project, ThreadRead, User
from picking.queries.micrographs.comments import shown, visible
from picking.refusals import Refused

GONE = "This comment is no longer in the project."
Change = Literal["added", "edited", "resolved", "reopened", "deleted", "restored"]


def apply_comment(project: Project, actor: User, operation: CommentOperation) -> None:
    """One operation, in the locked project. Raises Refused, and has changed nothing then."""
    match operation:
        case WriteComment():
            _write(project, actor, operation)
        case ResolveComment(operation_id, key, resolved):
            _resolve(project, actor, _comment(project, actor, key), resolved, operation_id)
        case RemoveComment(operation_id, key, deleted):
            comment = _comment(project, actor, key)
            if comment.author_id != actor.pk or comment.deleted_by_id not in (None, actor.pk):
                raise Refused(
                    "Its author alone can delete a comment or bring it back, and those who manage the project."
                )
            _remove(project, actor, comment, deleted, operation_id)


def moderate_comment(comment: Comment, actor: User, deleted: bool) -> None:
    """Deletes anybody's comment or brings it back, for somebody who manages the project. Refused when archived."""
    with locked_project(comment.project_id) as project:
        require_open(project)
        _remove(project, actor, _comment(project, actor, comment.pk), deleted, None)


def note_read(thread: Comment, user: User, sequence: int) -> None:
    """Notes that somebody has read a thread up to an event. Nobody is told, and it never goes back."""
    with locked_project(thread.project_id):
        read, new = ThreadRead.objects.get_or_create(thread=thread, user=user, defaults={"sequence": sequence})
        if not new and read.sequence < sequence:
            read.sequence = sequence
            read.save(update_fields=["sequence"])


def tell_comments(project: Project, micrograph: Micrograph, actor: User, change: Change) -> None:
    """Tells of all comments on a micrograph of the locked project: it was revealed, or restored."""
    for comment in shown(project.comments.filter(micrograph=micrograph)).select_related("micrograph"):
        _tell(project, comment, change, actor, None)


def _write(project: Project, actor: User, write: WriteComment) -> None:
    old = Comment.including_deleted.filter(pk=write.id).first()
    if old is None:
        _add(project, actor, write)
    elif old.project_id != project.pk or (old.micrograph and old.micrograph.deleted_at):
        raise Refused("This id is taken.")
    elif old.author_id != actor.pk:
        raise Refused("Its author alone can edit a comment.")
    elif old.deleted_at and old.text != write.text:
        raise Refused("This comment was deleted. Bring it back, and edit it then.")
    elif old.text != write.text:
        _edit(project, actor, old, write)


def _add(project: Project, actor: User, write: WriteComment) -> None:
    thread = _comment(project, actor, write.thread) if write.thread else None
    if thread and thread.parent:
        thread = thread.parent
    comment = Comment(
        id=write.id,
        project=project,
        micrograph_id=thread.micrograph_id if thread else _micrograph(project, write),
        x=None if thread else write.x,
        y=None if thread else write.y,
        parent=thread,
        author=actor,
        text=write.text,
        sequence=project.sequence + 1,
    )
    comment.save(force_insert=True)
    _name(project, comment)
    _tell(project, comment, "added", actor, write.operation_id)
    if thread and thread.resolved_at:  # so that it is seen
        _resolve(project, actor, thread, False, None)


def _edit(project: Project, actor: User, comment: Comment, write: WriteComment) -> None:
    comment.text, comment.edited_at = write.text, timezone.now()
    if _name(project, comment):
        comment.sequence = project.sequence + 1
    comment.save(update_fields=["text", "edited_at", "sequence"])
    _tell(project, comment, "edited", actor, write.operation_id)


def _resolve(project: Project, actor: User, thread: Comment, resolved: bool, operation_id: UUID | None) -> None:
    if thread.parent_id:
        raise Refused("Only a whole thread can be resolved. Name the comment that it begins with.")
    if resolved == (thread.resolved_at is not None):
        return
    thread.resolved_at, thread.resolved_by = (timezone.now(), actor) if resolved else (None, None)
    thread.save(update_fields=["resolved_at", "resolved_by"])
    _tell(project, thread, "resolved" if resolved else "reopened", actor, operation_id)


def _remove(project: Project, actor: User, comment: Comment, deleted: bool, operation_id: UUID | None) -> None:
    if deleted == (comment.deleted_at is not None):
        return
    comment.deleted_at, comment.deleted_by = (timezone.now(), actor) if deleted else (None, None)
    comment.save(update_fields=["deleted_at", "deleted_by"])
    _tell(project, comment, "deleted" if deleted else "restored", actor, operation_id)


def _comment(project: Project, actor: User, key: UUID) -> Comment:
    comment = visible(project.comments.select_related("parent", "author"), actor).filter(pk=key).first()
    if comment is None:
        raise Refused(GONE)
    return comment


def _micrograph(project: Project, write: WriteComment) -> int | None:
    """On which it is pinned, if on any. Raises Refused for a place that is none."""
    if (write.x is None) != (write.y is None) or (write.x is not None and write.micrograph is None):
        raise Refused("A place needs a micrograph, x and y.")
    if write.micrograph is None:
        return None
    micrograph = project.micrographs.filter(pk=write.micrograph).first()
    if micrograph is None:
        raise Refused("This micrograph is no longer in the project.")
    if write.x is not None and write.y is not None:
        require_inside(micrograph, write.x, write.y)
    return micrograph.pk


def _name(project: Project, comment: Comment) -> bool:
    """Keeps whom the text names, whoever was named before as they were called then; says whether anybody is new."""
    before = {each.name: each.user_id for each in comment.mentions.all()}
    members = {username: user for user, username in project.memberships.values_list("user", "user__username")}
    named = names_in(comment.text, members | before)
    comment.mentions.all().delete()
    Mention.objects.bulk_create(Mention(comment=comment, user_id=user, name=name) for user, name in named.items())
    return not set(named) <= set(before.values())


def _tell(
    project: Project,
    comment: Comment,
    change: Change,
    actor: User,
    operation_id: UUID | None,
) -> None:
    told = events.CommentChanged(comment=wire.comment_wire(comment), change=change)
    blind = comment.micrograph is not None and comment.micrograph.blind
    events.append(project, told, actor, operation_id, only_for=comment.author_id if blind else None)
    if change == "added" and not blind and not comment.deleted_at:
        note_comment(project, comment)
