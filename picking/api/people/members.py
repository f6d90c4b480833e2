"""Members of a project."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from picking import wire
from picking.access import person, project_for, require_in_person
from picking.actions.projects import members
from picking.api.http.idempotency import KEY, idempotent
from picking.models import Right, Role


class WithRole(serializers.Serializer[Any]):
    role = serializers.ChoiceField(Role.choices)


class NewMember(WithRole):
    username = serializers.CharField(max_length=150)


@extend_schema(parameters=[KEY], request=NewMember, responses={201: wire.MemberWire})
@api_view(["POST"])
@idempotent
def add(request: Request, project_id: int) -> Response:
    project_for(request, project_id, Right.MANAGE)
    asked = NewMember(data=request.data)
    asked.is_valid(raise_exception=True)
    role = Role(asked.validated_data["role"])
    project_for(request, project_id, role.given_with)
    membership = members.add_member(project_id, person(request), asked.validated_data["username"], role)
    return Response(wire.member_wire(membership), status=status.HTTP_201_CREATED)


class MemberDetail(APIView):
    """One member. Managers change roles and remove people, but for owners; everyone may leave."""

    @extend_schema(request=WithRole, responses=wire.MemberWire)
    def patch(self, request: Request, project_id: int, user_id: int) -> Response:
        self._require_may_move(request, project_id, user_id)
        asked = WithRole(data=request.data)
        asked.is_valid(raise_exception=True)
        role = Role(asked.validated_data["role"])
        project_for(request, project_id, role.given_with)
        return Response(wire.member_wire(members.change_role(project_id, person(request), user_id, role)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, project_id: int, user_id: int) -> Response:
        if user_id == person(request).pk:
            require_in_person(request)
            project_for(request, project_id)
        else:
            self._require_may_move(request, project_id, user_id)
        members.remove_member(project_id, person(request), user_id)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @staticmethod
    def _require_may_move(request: Request, project_id: int, user_id: int) -> None:
        project = project_for(request, project_id, Right.MANAGE)
        member = get_object_or_404(project.memberships, user_id=user_id)
        project_for(request, project_id, Role(member.role).given_with)
