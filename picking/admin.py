"""The administrator's page: accounts. Projects are managed in the application itself."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from picking.models import User

admin.site.site_header = "CryoWeb"
admin.site.register(User, UserAdmin)
