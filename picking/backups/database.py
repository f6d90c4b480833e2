"""The database into one file and back, by the database's own means (docs/decisions/0089-backup.md)."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.loader import MigrationLoader

from picking.refusals import Refused

SQLITE_FILE, POSTGRES_FILE = "database.sqlite3", "database.pgdump"
PROGRAMS = ("pg_dump", "pg_restore", "psql")


def engine() -> str:
    """Of this installation's database: sqlite or postgresql."""
    return connection.vendor


def require_programs() -> None:
    """Raises Refused where PostgreSQL is used, and its programs are not installed."""
    missing = [program for program in PROGRAMS if engine() == "postgresql" and not shutil.which(program)]
    if missing:
        raise Refused(
            f"{', '.join(missing)} not found. Install PostgreSQL's client programs in the version of your server or "
            "newer: apt install postgresql-client (Debian, Ubuntu), dnf install postgresql (Fedora, Rocky)."
        )


def applied_migrations() -> list[str]:
    """All that this database has applied, such as `picking.0001_initial`."""
    return sorted(f"{app}.{name}" for app, name in MigrationLoader(connection).applied_migrations)


def known_migrations() -> set[str]:
    """All that this program has."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def dump(folder: Path) -> str:
    """Writes one moment of the database into `folder`, and returns the file's name. Others read and write meanwhile."""
    if engine() == "postgresql":
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--file={folder / POSTGRES_FILE}")
        command, environment = _command("pg_dump", *options)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise Refused(f"The database could not be read: {done.stderr.strip()}")
        return POSTGRES_FILE
    with closing(sqlite3.connect(_sqlite_file())) as live, closing(sqlite3.connect(folder / SQLITE_FILE)) as copy:
        live.backup(copy)  # in one step, which is one moment
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a second one beside it
        if (found := copy.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
            raise Refused(f"The database is damaged: {found}. Bring back an earlier backup.")
    return SQLITE_FILE


def load(file: Path) -> None:
    """Replaces all tables by those in `file`: all of them, or, where it fails, none. Raises Refused."""
    connection.close()
    if engine() == "postgresql":
        _load_postgres(file)
        return
    database = Path(_sqlite_file())
    database.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file)) as kept, closing(sqlite3.connect(database, timeout=10)) as live:
        try:
            kept.backup(live)
        except sqlite3.Error as error:
            raise Refused(f"The database could not be replaced: {error}. Is CryoWeb still running?") from error


def tables() -> list[str]:
    """Names of all tables."""
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _sqlite_file() -> str:
    return str(connection.settings_dict["NAME"])


def in_use() -> bool:
    """Whether other programs are connected to the database. SQLite cannot tell."""
    if engine() != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return bool(cursor.fetchone()[0])


def _load_postgres(file: Path) -> None:
    """In one transaction: the tables of now go, those of the backup come."""
    drop = "".join(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)} CASCADE;\n" for name in tables())
    connection.close()
    written = ["pg_restore", "--no-owner", "--no-privileges", "--file=-", str(file)]
    command, environment = _command("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(written, stdout=subprocess.PIPE, stderr=errors) as restore,  # noqa: S603 - our own commands
        subprocess.Popen(  # noqa: S603
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors
        ) as psql,
    ):
        assert psql.stdin and restore.stdout
        with suppress(BrokenPipeError):  # its status says that it gave up
            psql.stdin.write(f"BEGIN;\n{drop}".encode())
            shutil.copyfileobj(restore.stdout, psql.stdin)
            if restore.wait() == 0:  # without the commit, nothing of it stays
                psql.stdin.write(b"COMMIT;\n")
        with suppress(BrokenPipeError):
            psql.stdin.close()
        if psql.wait() or restore.wait():
            errors.seek(0)
            raise Refused(f"The database could not be replaced: {errors.read().decode(errors='replace').strip()}")


def _command(program: str, *options: str) -> tuple[list[str], dict[str, str]]:
    """One of PostgreSQL's programs on our database. The password is not on the command line, which others can see."""
    words, secret = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    return [program, *options, *words[1:]], {**os.environ, **(secret or {})}
