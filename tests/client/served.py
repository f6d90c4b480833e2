"""The client before the real API, without a server: requests go into Django in the same process."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from cryoweb_client.connection import Connection
from cryoweb_client.project import Project
from picking.actions.people.tokens import NewToken, make_token
from picking.models import Role
from tests.people import People


@contextmanager
def served(people: People, who: str = "manager") -> Iterator[Project]:
    """The people's project, as one of them sees it with a token."""
    text = make_token(getattr(people, who), NewToken("client", Role.OWNER, 1))[1]
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # as Django's own client does: the test's transaction is open
    connection = Connection("http://localhost", text, httpx.WSGITransport(get_wsgi_application()))
    try:
        yield Project(connection, people.project.pk, people.project.name)
    finally:
        connection.close()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
