"""The schema of the API in OpenAPI 3.1, for programs that use it, and a page of it for people."""

from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerView
from rest_framework.permissions import IsAuthenticated

from picking.schema import openapi  # noqa: F401 teaches drf-spectacular our shapes


class Document(SpectacularJSONAPIView):
    """For everyone who is signed in."""

    permission_classes = [IsAuthenticated]


class Page(SpectacularSwaggerView):
    """Lists every address and lets people try it. Its script and its style come from this server."""

    permission_classes = [IsAuthenticated]
