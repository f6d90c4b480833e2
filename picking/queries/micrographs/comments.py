"""Comments: who sees which, and what waits for whom."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from picking import wire
from picking.models import Comment, Project, ThreadRead, User


def visible(comments: QuerySet[Comment], user: User) -> QuerySet[Comment]:
    """Of some comments, those that this person may see: of a micrograph that is blind, their own (decision 0061)."""
    return comments.filter(Q(micrograph=None) | Q(micrograph__blind=False) | Q(author=user))


def shown(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Of some comments, those that are there; a deleted one while it has answers."""
    answered = Exists(Comment.objects.filter(parent=OuterRef("pk"), deleted_at=None))
    return comments.filter(Q(deleted_at=None) | answered)


def comments_of(project: Project, user: User) -> QuerySet[Comment]:
    """What a person sees of a project's comments."""
    rows = visible(shown(project.comments.all()), user)
    return rows.prefetch_related("author", "resolved_by", "mentions__user")  # one object a person, not one a comment


def comment_wires(project: Project, user: User) -> list[wire.CommentWire]:
    """All of them, the oldest first."""
    return [wire.comment_wire(comment) for comment in comments_of(project, user)]


def reads_of(project: Project, user: User) -> dict[str, int]:
    """How far a person has read each thread: id of the thread -> sequence number."""
    reads = ThreadRead.objects.filter(user=user, thread__project=project)
    return {str(thread): sequence for thread, sequence in reads.values_list("thread", "sequence")}


def waiting_for(user: User) -> QuerySet[Comment]:
    """Open threads in which a person is named or wrote, and in which others wrote what they have not read."""
    living = visible(Comment.objects.filter(deleted_at=None), user)
    in_thread = living.filter(Q(pk=OuterRef("pk")) | Q(parent=OuterRef("pk")))
    read = ThreadRead.objects.filter(user=user, thread=OuterRef("pk")).values("sequence")
    threads = Comment.objects.filter(parent=None, resolved_at=None)
    return threads.annotate(read_up_to=Coalesce(Subquery(read), Value(0))).filter(
        Exists(in_thread.filter(Q(author=user) | Q(mentions__user=user))),
        Exists(in_thread.exclude(author=user).filter(sequence__gt=OuterRef("read_up_to"))),
    )


def waiting_counts(user: User, projects: Collection[int]) -> Counter[int]:
    """How many threads wait for a person, by project."""
    rows: QuerySet[Any, Any] = waiting_for(user).filter(project__in=projects).order_by()
    return Counter(dict(rows.values_list("project").annotate(Count("pk"))))
