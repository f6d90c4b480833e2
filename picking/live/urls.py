"""The addresses of sockets, for browsers that show our own pages."""

from typing import Any
from urllib.parse import urlsplit

from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator, WebsocketDenier
from django.urls import path, re_path

from picking.live.consumer import project_socket
from picking.live.database_away import says_why


def from_own_pages(application: Any) -> Any:
    """As Channels' validator, which fails on an origin that is not an address (`http://[`): here it is refused too."""
    validated = AllowedHostsOriginValidator(application)

    async def checked(scope: Any, receive: Any, send: Any) -> None:
        try:
            for value in [value for name, value in scope["headers"] if name == b"origin"]:
                urlsplit(value.decode("latin-1"))
        except ValueError:
            await WebsocketDenier()(scope, receive, send)
        else:
            await validated(scope, receive, send)

    return checked


nothing_here: Any = WebsocketDenier.as_asgi()  # uvicorn answers 403; for a 404 it would note an error in the log
consumer: Any = project_socket  # Django's types know of no views but those of HTTP
addresses: Any = [path("ws/projects/<int:project_id>", consumer), re_path("", nothing_here)]
sockets = from_own_pages(says_why(URLRouter(addresses)))
"""The ASGI application of sockets."""
