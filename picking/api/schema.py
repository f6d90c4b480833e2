"""The schema of the API in OpenAPI 3.1, for programs that use it."""

from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.permissions import IsAuthenticated

from picking.schema import openapi  # noqa: F401 teaches drf-spectacular our shapes


class Document(SpectacularJSONAPIView):
    """For everyone who is signed in."""

    permission_classes = [IsAuthenticated]
