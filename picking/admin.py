"""The administrator's page: accounts, failed sign-ins, and how much room is left.

Projects are managed in the application itself.
"""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from picking.models import FailedAttempt, User
from picking.pages.forms import SignInAsAdministrator

admin.site.site_header = "CryoWeb"
admin.site.index_template = "picking/admin_index.html"
admin.site.login_form = SignInAsAdministrator
admin.site.register(User, UserAdmin)


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
