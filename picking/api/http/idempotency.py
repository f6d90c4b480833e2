"""Idempotency-Key: a request that creates something can be sent again, and creates it once."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http.request import RawPostDataException
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import UnsupportedMediaType, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import person, project_for, token_of
from picking.actions import kept_answers
from picking.api.http.errors import KeyReused
from picking.models import CoordinateImport, Micrograph, Training
from picking.refusals import Conflict

HEADER = "Idempotency-Key"
LONGEST = 255
KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": LONGEST},
    OpenApiParameter.HEADER,
    description="chosen by the program: the same request with the same key is carried out once in 24 hours",
)
View = Callable[..., Response]


def idempotent(view: View) -> View:
    """A view whose answer, if it succeeds, is kept by the request's key and given again."""
    return _once(view, secret=False)


def idempotent_secret(view: View) -> View:
    """The same for an answer that is told once: sending the request again says that it was carried out."""
    return _once(view, secret=True)


def _once(view: View, secret: bool) -> View:
    @wraps(view)
    def answer(*given: Any, **named: Any) -> Response:
        request: Request = next(each for each in given if isinstance(each, Request))
        key = request.headers.get(HEADER, "")
        if not key:
            return view(*given, **named)
        if len(key) > LONGEST:
            raise ValidationError({HEADER: [f"A key has at most {LONGEST} characters."]})
        project = _project_asked(**named)
        if project is not None:
            project_for(request, project)
        asked = _asked(request)
        kept, new = kept_answers.begin(person(request), key, asked, project)
        if not new:
            if kept.project_id is not None:  # an answer is not given again to somebody who has left the project
                project_for(request, kept.project_id)
            return _again(kept, asked)
        try:
            made = view(*given, **named)
        except BaseException:
            kept_answers.forget(kept)
            raise
        kept_answers.end(kept, made.status_code, None if secret else json.loads(JSONRenderer().render(made.data)))
        return made

    return answer


def _again(kept: Any, asked: str) -> Response:
    """Raises KeyReused and Conflict."""
    if kept.asked != asked:
        raise KeyReused
    if kept.status is None:
        raise Conflict("The same request is under way. Wait a moment, and send it again to get its answer.")
    if kept.body is None:
        raise Conflict("This was carried out already, and its answer is told once. Begin again with a new key.")
    return Response(kept.body, status=kept.status, headers={"Idempotency-Replayed": "true"})


def _project_asked(
    project_id: int | None = None,
    training_id: int | None = None,
    micrograph_id: int | None = None,
    import_id: UUID | None = None,
    **others: object,
) -> int | None:
    """The project of what the address names. None for none, and for what is not there: a draft is gone once stored."""
    named = [(Training, training_id), (Micrograph, micrograph_id), (CoordinateImport, import_id)]
    for model, key in named:
        if key is not None:
            return model._default_manager.filter(pk=key).values_list("project", flat=True).first()
    return project_id


def _asked(request: Request) -> str:
    """Of who asks what: the token, too, decides what may be answered."""
    token = token_of(request)
    head = json.dumps([request.method, request.get_full_path(), request.content_type, token.pk if token else None])
    try:
        return hashlib.sha256(head.encode() + b"\n" + request.body).hexdigest()
    except RawPostDataException:  # a form, which the check of its CSRF token has read: nothing named takes forms
        raise UnsupportedMediaType(request.content_type) from None
