"""The administrator's page: accounts, and how much room is left. Projects are managed in the application itself."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from picking.models import User

admin.site.site_header = "CryoWeb"
admin.site.index_template = "picking/admin_index.html"
admin.site.register(User, UserAdmin)
