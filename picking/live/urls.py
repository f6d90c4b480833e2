"""The addresses of sockets."""

from django.urls import path

from picking.live.consumer import ProjectConsumer

websocket_urlpatterns = [path("ws/projects/<int:project_id>", ProjectConsumer.as_asgi())]
