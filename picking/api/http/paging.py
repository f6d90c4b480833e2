"""Lists that grow, a page at a time. A cursor stays right while rows come and go."""

from collections.abc import Callable, Sequence
from typing import Any, TypedDict, TypeVar

from django.db.models import Model, QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

Row = TypeVar("Row", bound=Model)
PAGE, LARGEST_PAGE = 100, 1000
PARAMETERS = [
    OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE}, description="rows of a page"),
    OpenApiParameter("cursor", str, description="comes with the addresses `next` and `previous`"),
]


class Page(TypedDict):
    """`next`, `previous`: addresses of the pages beside this one; null at the ends."""

    next: str | None
    previous: str | None


class _Pages(CursorPagination):
    page_size = PAGE
    max_page_size = LARGEST_PAGE
    page_size_query_param = "limit"
    invalid_cursor_message = "This cursor is not one of ours. Begin at the first page, without a cursor."

    def __init__(self, order: tuple[str, ...]) -> None:
        self.ordering = order


def page_of(
    request: Request,
    rows: QuerySet[Row],
    shown: Callable[[Sequence[Row]], Sequence[Any]],
    order: tuple[str, ...] = ("pk",),
) -> Response:
    """A page of `rows` in a total `order`. Raises ValidationError for a limit that is none."""
    limit = request.query_params.get("limit", "1")
    if not limit.isdecimal() or not 1 <= int(limit) <= LARGEST_PAGE:
        raise ValidationError({"limit": [f"Enter a number from 1 to {LARGEST_PAGE}."]})
    pages = _Pages(order)
    page = pages.paginate_queryset(rows, request)
    return pages.get_paginated_response(shown(page or []))
