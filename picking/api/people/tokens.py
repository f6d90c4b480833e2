"""Access tokens of the person who is signed in: list, make, revoke. No token can do this."""

from typing import Annotated, Any, TypedDict

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking.access import require_in_person
from picking.actions.people import tokens
from picking.api.http.conditional import KNOWN, UNCHANGED, unless_same
from picking.api.http.fields import Id
from picking.api.http.idempotency import KEY, idempotent_secret
from picking.api.http.paging import PARAMETERS, Page, page_of
from picking.api.http.throttling import Tokens
from picking.models import Role, Token

LONGEST_DAYS = 366


class NewToken(serializers.Serializer[Any]):
    """`project`: null for all projects of the person, those made later too. `days`: until it expires."""

    name = serializers.CharField(max_length=100)
    role = serializers.ChoiceField(Role.choices)
    project = Id(required=False, allow_null=True)
    days = serializers.IntegerField(min_value=1, max_value=LONGEST_DAYS, default=90)


class TokenWire(TypedDict):
    """A token, without its text. `project`: null for all projects of the person. `last_used_at`: to the minute."""

    id: int
    name: str
    role: Annotated[str, Role]
    project: int | None
    project_name: str | None
    created_at: str
    expires_at: str
    expired: bool
    last_used_at: str | None


class MadeToken(TypedDict):
    """`text`: what programs send. It is told this once."""

    token: TokenWire
    text: str


class TokenPage(Page):
    results: list[TokenWire]


class TokenList(APIView):
    """The tokens of the person that were not revoked, the newest first."""

    throttle_classes = [Tokens]

    @extend_schema(operation_id="tokens_list", parameters=[KNOWN, *PARAMETERS], responses={200: TokenPage, **UNCHANGED})
    def get(self, request: Request) -> HttpResponseBase:
        kept = Token.objects.filter(user=require_in_person(request), revoked_at=None).select_related("project")
        return unless_same(request, page_of(request, kept, lambda page: [*map(token_wire, page)], ("-pk",)).data)

    @extend_schema(parameters=[KEY], request=NewToken, responses={201: MadeToken})
    @idempotent_secret
    def post(self, request: Request) -> Response:
        user = require_in_person(request)
        asked = NewToken(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = {**asked.validated_data, "role": Role(asked.validated_data["role"])}
        token, text = tokens.make_token(user, tokens.NewToken(**wanted))
        return Response(MadeToken(token=token_wire(token), text=text), status=status.HTTP_201_CREATED)


class TokenDetail(APIView):
    """One token."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, token_id: int) -> Response:
        """Revokes it: what sends it is nobody from now on."""
        tokens.revoke_token(get_object_or_404(Token, pk=token_id, user=require_in_person(request), revoked_at=None))
        return Response(status=status.HTTP_204_NO_CONTENT)


def token_wire(token: Token) -> TokenWire:
    """As its person, and a program that has it, may see it."""
    return {
        "id": token.pk,
        "name": token.name,
        "role": token.role,
        "project": token.project_id,
        "project_name": token.project.name if token.project else None,
        "created_at": token.created_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
        "expired": not token.valid,
        "last_used_at": token.last_used_at.isoformat() if token.last_used_at else None,
    }
