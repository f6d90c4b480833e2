"""Comments of a project: what people say to one another about places, micrographs or all of it."""

from typing import Any
from uuid import UUID, uuid4

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import wire
from picking.access import person, project_for
from picking.actions.marks.comment_operations import CommentOperation, RemoveComment, ResolveComment, WriteComment
from picking.actions.marks.comments import moderate_comment, note_read
from picking.actions.marks.marks import apply_operations
from picking.api.http.conditional import KNOWN, UNCHANGED, tag_of_project, unless_known
from picking.api.http.fields import Sequence
from picking.api.http.filters import CommentFilters, filtered, parameters
from picking.api.http.idempotency import KEY, idempotent
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.finite_float import FiniteFloat
from picking.models import Comment, Right
from picking.operation_forms import COMMENT
from picking.queries.micrographs.comments import comments_of, visible
from picking.refusals import Refused


class NewComment(serializers.Serializer[Any]):
    """Without a micrograph it is about the project, without a place about the micrograph."""

    text = serializers.CharField(max_length=COMMENT)
    micrograph = serializers.IntegerField(required=False, allow_null=True)
    x = FiniteFloat(required=False, allow_null=True, help_text="full-resolution pixels")
    y = FiniteFloat(required=False, allow_null=True)
    thread = serializers.UUIDField(required=False, allow_null=True, help_text="the comment that it answers")


class ChangedComment(serializers.Serializer[Any]):
    """What is left out stays as it is."""

    text = serializers.CharField(max_length=COMMENT, required=False)
    resolved = serializers.BooleanField(required=False)
    deleted = serializers.BooleanField(required=False)


class ReadUpTo(serializers.Serializer[Any]):
    sequence = Sequence()


class CommentPage(Page):
    results: list[wire.CommentWire]


class CommentList(APIView):
    """The comments of a project."""

    @extend_schema(
        operation_id="projects_comments_list",
        parameters=[KNOWN, *PARAMETERS, *parameters(CommentFilters)],
        responses={200: CommentPage, **UNCHANGED},
    )
    def get(self, request: Request, project_id: int) -> HttpResponseBase:
        """The oldest first. A thread is a comment with those that have its id as their `thread`."""
        project = project_for(request, project_id)

        def answer() -> Response:
            rows = filtered(request, CommentFilters, comments_of(project, person(request)))
            return page_of(request, rows, lambda page: [*map(wire.comment_wire, page)], ("created_at", "pk"))

        return unless_known(request, tag_of_project(request, project), answer)

    @extend_schema(parameters=[KEY], request=NewComment, responses={201: wire.CommentWire})
    @idempotent
    def post(self, request: Request, project_id: int) -> Response:
        """Adds a comment. @ and the name of a member in its text name that person."""
        project_for(request, project_id, Right.ANNOTATE)
        asked = NewComment(data=request.data)
        asked.is_valid(raise_exception=True)
        made = uuid4()
        _apply(request, project_id, WriteComment(uuid4(), made, **asked.validated_data))
        return Response(wire.comment_wire(Comment.objects.get(pk=made)), status=status.HTTP_201_CREATED)


class CommentDetail(APIView):
    """One comment. Its author edits it, its author or a manager deletes it, everyone who annotates resolves it."""

    @extend_schema(request=ChangedComment, responses=wire.CommentWire)
    def patch(self, request: Request, project_id: int, comment_id: UUID) -> Response:
        comment = comment_for(request, project_id, comment_id, Right.ANNOTATE)
        asked = ChangedComment(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        if "text" in wanted:
            if comment.author_id != person(request).pk:
                raise PermissionDenied("Its author alone can edit a comment.")
            _apply(request, project_id, WriteComment(uuid4(), comment.pk, wanted["text"]))
        if "resolved" in wanted:
            _apply(request, project_id, ResolveComment(uuid4(), comment.pk, wanted["resolved"]))
        if "deleted" in wanted:
            _remove(request, comment, wanted["deleted"])
        return Response(wire.comment_wire(Comment.objects.get(pk=comment.pk)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, project_id: int, comment_id: UUID) -> Response:
        """`deleted`: false brings it back."""
        _remove(request, comment_for(request, project_id, comment_id, Right.ANNOTATE), deleted=True)
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(request=ReadUpTo, responses={204: None})
@api_view(["POST"])
def read(request: Request, project_id: int, comment_id: UUID) -> Response:
    """Notes that the person has read this thread up to an event: it waits for them when others write more."""
    thread = comment_for(request, project_id, comment_id)
    asked = ReadUpTo(data=request.data)
    asked.is_valid(raise_exception=True)
    note_read(thread.parent or thread, person(request), asked.validated_data["sequence"])
    return Response(status=status.HTTP_204_NO_CONTENT)


def comment_for(request: Request, project_id: int, comment_id: UUID, right: Right = Right.VIEW) -> Comment:
    """A comment that the person may see, in a project where they have the right."""
    project = project_for(request, project_id, right)
    return get_object_or_404(visible(project.comments.all(), person(request)), pk=comment_id)


def _remove(request: Request, comment: Comment, deleted: bool) -> None:
    """Annotators what they wrote themselves, managers what anyone did."""
    user = person(request)
    if comment.author_id == user.pk and comment.deleted_by_id in (None, user.pk):
        _apply(request, comment.project_id, RemoveComment(uuid4(), comment.pk, deleted))
    else:
        project_for(request, comment.project_id, Right.MANAGE)
        moderate_comment(comment, user, deleted)


def _apply(request: Request, project_id: int, operation: CommentOperation) -> None:
    _, [result] = apply_operations(project_id, person(request), [operation])
    if result.status == "refused":
        raise Refused(result.detail)
