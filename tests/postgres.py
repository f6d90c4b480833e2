"""A PostgreSQL server for tests that need one, where there is one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg

POSTGRES = os.environ.get("CRYOWEB_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


def missing() -> str:
    """Why PostgreSQL cannot be tried here; empty when it can."""
    try:
        psycopg.connect(f"{POSTGRES}/postgres", connect_timeout=2).close()
    except psycopg.Error:
        return f"needs a PostgreSQL server at {POSTGRES} (CRYOWEB_TEST_POSTGRES names another)"
    return ""


@contextmanager
def empty_database() -> Iterator[str]:
    """The address of an empty database, which is dropped at the end."""
    name = f"cryoweb_test_{uuid4().hex[:12]}"
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{POSTGRES}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
