"""The addresses of sockets."""

from typing import Any

from django.urls import path

from picking.live.consumer import ProjectConsumer

consumer: Any = ProjectConsumer.as_asgi()
websocket_urlpatterns: Any = [path("ws/projects/<int:project_id>", consumer)]
