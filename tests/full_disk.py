"""Errors of a full disk, as the system and both databases raise them."""

import errno
import sqlite3
from pathlib import Path

import psycopg
from django.db import OperationalError


def system_error() -> OSError:
    return OSError(errno.ENOSPC, "No space left on device")


def sqlite_error(folder: Path) -> OperationalError:
    """A real one, from a database that may not grow."""
    database = sqlite3.connect(folder / "small.sqlite3")
    database.execute("PRAGMA max_page_count = 2")
    try:
        database.execute("CREATE TABLE large (what BLOB)")
        database.execute("INSERT INTO large VALUES (zeroblob(1000000))")
    except sqlite3.OperationalError as error:
        return _as_django(error)
    finally:
        database.close()
    raise AssertionError("the database grew")


def postgres_error() -> OperationalError:
    return _as_django(psycopg.errors.DiskFull("could not extend file"))


def _as_django(cause: Exception) -> OperationalError:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error
