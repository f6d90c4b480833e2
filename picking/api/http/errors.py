"""Every error of the API as problem details: the one place that turns exceptions into answers."""

from collections.abc import Callable, Iterator
from math import ceil
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404
from rest_framework import exceptions as drf
from rest_framework import status as http
from rest_framework.response import Response
from rest_framework.views import exception_handler

from picking.api.http.renderers import ProblemRenderer
from picking.problems import FieldProblem, problem, problem_of

NOT_SIGNED_IN = "You are not signed in. Sign in, or send a token in the header “Authorization: Bearer …”."
NOT_THERE = "This does not exist, or you are not a member of its project."


class ChangedMeanwhile(drf.APIException):
    """If-Match names another state than the one that is there."""

    status_code = http.HTTP_412_PRECONDITION_FAILED
    default_detail = "This was changed meanwhile. Read it again, and send your change with its new ETag."


class KeyReused(drf.APIException):
    """One Idempotency-Key for two requests that differ."""

    status_code = http.HTTP_422_UNPROCESSABLE_ENTITY
    default_detail = "This Idempotency-Key was used for another request. Use a new one for each request."


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's handler, which also knows the refusals of actions. None for what is a mistake of ours: status 500."""
    if ours := problem_of(error):
        return _shown(Response(ours, status=ours["status"]), context)
    if isinstance(error, Http404 | OverflowError):  # an id that no database holds; Django's words name our tables
        error = drf.NotFound(NOT_THERE)
    if isinstance(error, SuspiciousOperation):  # a form with too many fields; Django would answer in HTML
        error = drf.ParseError("This form has too many fields or files. Send fewer of them.")
    made = exception_handler(error, context)
    if made is None:
        return None
    made.data = _problem(made, error, context)
    if isinstance(error, drf.Throttled):
        made["Retry-After"] = str(_seconds(error))  # DRF rounds down
    return _shown(made, context)


def _shown(made: Response, context: dict[str, Any]) -> Response:
    """As JSON, in whatever form the request wanted its answer."""
    request = context.get("request")
    if request is not None:
        request.accepted_renderer, request.accepted_media_type = ProblemRenderer(), ProblemRenderer.media_type
    return made


def _problem(made: Response, error: Exception, context: dict[str, Any]) -> Any:
    if isinstance(error, drf.ValidationError):
        errors = list(_fields(made.data))
        return problem(400, _sentence(errors[0]), errors=errors)
    return problem(made.status_code, _words(error, context))


def _sentence(error: FieldProblem) -> str:
    field = error["field"].replace("_", " ").replace(".", " ")
    return f"{field}: {error['detail']}" if field else error["detail"]


def _fields(data: Any, path: str = "") -> Iterator[FieldProblem]:
    """What a serializer says, flat: one entry a sentence."""
    if isinstance(data, dict):
        for name, inner in data.items():
            yield from _fields(inner, path if name == "non_field_errors" else f"{path}.{name}".lstrip("."))
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from _fields(inner, f"{path}.{number}".lstrip(".") if isinstance(inner, dict) and inner else path)
    else:
        yield {"field": path, "detail": str(data)}


def _words(error: Exception, context: dict[str, Any]) -> str:
    """In our words where DRF's do not say what to do."""
    words = next((say for kind, say in WORDS.items() if isinstance(error, kind)), None)
    return words(error, context) if words else str(getattr(error, "detail", error))


def _not_allowed(error: Any, context: dict[str, Any]) -> str:
    if not str(error.detail).startswith("CSRF"):
        return str(error.detail)
    return "This request did not come from a page of CryoWeb that is open now. Reload the page and try again."


def _other_method(error: Any, context: dict[str, Any]) -> str:
    possible = ", ".join(sorted({*context["view"].allowed_methods} - {"OPTIONS"}))
    return f"{context['request'].method} is not possible here. Possible are {possible}."


def _other_form(error: Any, context: dict[str, Any]) -> str:
    offered = ", ".join(each.media_type for each in context["view"].get_renderers())
    return f"The header Accept asks for a form that there is not. There are {offered}."


def _unread(error: Any, context: dict[str, Any]) -> str:
    read = ", ".join(each.media_type for each in context["view"].get_parsers())
    return f"This address cannot read what the header Content-Type says. It reads {read}."


def _too_many(error: Any, context: dict[str, Any]) -> str:
    return f"Too many requests of this kind. Try again in {_seconds(error)} s."


def _seconds(error: Any) -> int:
    return ceil(error.wait or 1)


WORDS: dict[type[Exception], Callable[[Any, dict[str, Any]], str]] = {
    drf.NotAuthenticated: lambda error, context: NOT_SIGNED_IN,
    drf.PermissionDenied: _not_allowed,
    drf.MethodNotAllowed: _other_method,
    drf.NotAcceptable: _other_form,
    drf.UnsupportedMediaType: _unread,
    drf.Throttled: _too_many,
}
