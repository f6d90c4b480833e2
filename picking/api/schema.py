"""The schema of the API in OpenAPI 3.1, for programs that use it, and a page of it for people."""

from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import IsAuthenticated

from picking.schema import openapi  # noqa: F401 teaches drf-spectacular our shapes


class Document(SpectacularJSONAPIView):
    """For everyone who is signed in."""

    permission_classes = [IsAuthenticated]


class Page(SpectacularSwaggerSplitView):
    """Lists every address and lets people try it. Its scripts and its style are files of this server."""

    template_name = "picking/api_page.html"

    permission_classes = [IsAuthenticated]
