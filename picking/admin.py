"""The administrator's page: accounts, failed sign-ins, how much room is left, and how much of it a project may take.

Projects are managed in the application itself.
"""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from picking.models import FailedAttempt, Project, User
from picking.room import said


def change_password(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """As everybody does, where wrong passwords are counted."""
    return redirect("account")


admin.site.site_header = "CryoWeb"
admin.site.index_template = "picking/admin_index.html"
# One sign-in page for all, which counts wrong passwords and asks for the second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.password_change = change_password  # type: ignore[method-assign, assignment]
for secret in (Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken, UserSession):  # their people's own
    admin.site.unregister(secret)


@admin.register(Project)
class Quotas(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic when run
    """What each project takes, and how much it may: nothing else of it is changed here."""

    list_display = ("name", "used", "quota_bytes", "quota_micrographs")
    search_fields = ("name",)
    fields = ("name", "used", "quota_bytes", "quota_micrographs")
    readonly_fields = ("name", "used")

    @admin.display(description="Takes", ordering="used_bytes")
    def used(self, project: Project) -> str:
        return said(project.used_bytes)

    def save_model(self, request: HttpRequest, obj: Project, form: Any, change: bool) -> None:
        """Only these columns: people change the others meanwhile."""
        from picking.actions.micrographs.quota import set_quota  # which takes a second; every command imports this file

        set_quota(obj.pk, obj.quota_bytes, obj.quota_micrographs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Project | None = None) -> bool:
        return False


@admin.register(User)
class Users(UserAdmin):  # type: ignore[type-arg]  # not generic when run
    """Names and groups. What lets people in is changed under People alone, which ends sessions with it."""

    readonly_fields = ("is_active", "is_staff", "is_superuser", "last_login", "date_joined")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Not administrators: the last one would be lost."""
        return super().has_delete_permission(request, obj) and not (obj and obj.is_superuser)


@admin.register(FailedAttempt)
class FailedAttempts(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic when run
    """To look at. Deleting those of a name lets it try again at once."""

    list_display = ("at", "kind", "name", "address")
    list_filter = ("kind",)
    search_fields = ("name", "address")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: FailedAttempt | None = None) -> bool:
        return False
