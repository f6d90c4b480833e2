"""Several web servers of one installation, with PostgreSQL and Redis."""

import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis

from picking.web_server import web_server
from tests import postgres
from tests.e2e.server import ROOT, Server, free_port

REDIS = os.environ.get("CRYOWEB_TEST_REDIS", "redis://127.0.0.1:6379/9")


def missing() -> str:
    """Why these servers cannot be started here; empty when they can."""
    return postgres.missing() or redis_missing()


def redis_missing() -> str:
    """Why Redis cannot be tried here; empty when it can."""
    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=2).ping()
    except redis.RedisError:
        return f"needs a Redis server at {REDIS} (CRYOWEB_TEST_REDIS names another)"
    return ""


@dataclass
class Pair:
    """Two web servers of one installation: the first with its workers, and the address of the second."""

    first: Server
    second: str


@contextmanager
def pair_of_servers(data: Path, **settings: str) -> Iterator[Pair]:
    """In a database of their own, which is dropped at the end."""
    with postgres.empty_database() as address:
        own = {"CRYOWEB_DATABASE_URL": address, "CRYOWEB_REDIS_URL": REDIS}
        first = Server(data, settings={**settings, **own})
        try:
            first.start("--no-demo")
            with second_server(first) as second:
                yield Pair(first, second)
                first.give_up_validations()
        finally:
            first.stop()


@contextmanager
def second_server(first: Server) -> Iterator[str]:
    """The address of another web server beside the first one, on the same data."""
    port = free_port()
    process = subprocess.Popen(web_server("127.0.0.1", port), cwd=ROOT, env=first.environment)
    address = f"http://localhost:{port}"
    try:
        wait_for(f"{address}/health")
        yield address
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")
