"""The ASGI application: tiles first (raw, fast), then sockets, then Django."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cryoweb.settings")

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from picking.live.urls import websocket_urlpatterns
from picking.tiles.application import tiles_first

application = tiles_first(
    ProtocolTypeRouter(
        {
            "http": django_application,
            "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
        }
    )
)
