"""Every address of CryoWeb but tiles and sockets, which cryoweb.asgi sends on before Django sees them."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("picking.api.urls")),
    path("", include("picking.pages.urls")),
]
handler400 = "picking.pages.troubles.refused"
handler500 = "picking.pages.troubles.failed"
