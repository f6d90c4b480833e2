"""Errors that say that the database cannot be reached now: it was stopped, or what is between has failed."""

from django.db import InterfaceError, OperationalError

AWAY = (
    "The database does not answer. Nothing is lost: your changes are sent again once it does. "
    "Tell your administrator if it lasts."
)
_CONNECTION, _SHUT_DOWN = "08", "57P"
"""Beginnings of PostgreSQL's codes: connection exceptions; ended by an administrator or a crash, or starting."""


def says_away(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, is that of a PostgreSQL server that is not there."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError) and _lost(error.__cause__):
            return True
        error = error.__cause__ or error.__context__
    return False


def _lost(cause: BaseException | None) -> bool:
    """psycopg tells no code where there was nobody to tell one."""
    if type(cause).__module__.partition(".")[0] not in ("psycopg", "psycopg_pool"):
        return False
    code = getattr(cause, "sqlstate", None)
    return code is None or code.startswith((_CONNECTION, _SHUT_DOWN))
