"""The environment variables CryoWeb reads; docs/settings.md describes each for people who install it."""

import os
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("CRYOWEB_DATA", ROOT / "var")).resolve()
DEBUG = os.environ.get("CRYOWEB_DEBUG", "") == "1"
DATABASE_URL = os.environ.get("CRYOWEB_DATABASE_URL", "")
REDIS_URL = os.environ.get("CRYOWEB_REDIS_URL", "")
BROKER_URL = os.environ.get("CRYOWEB_BROKER_URL", "") or REDIS_URL
HTTPS = os.environ.get("CRYOWEB_HTTPS", "") == "1"
WEBHOOKS_TO_THIS_MACHINE = os.environ.get("CRYOWEB_WEBHOOKS_TO_THIS_MACHINE", "") == "1"
FIRST_GUESS = os.environ.get("CRYOWEB_FIRST_GUESS", "1") == "1"
PROJECT_GIB = os.environ.get("CRYOWEB_PROJECT_GIB", "")
PROJECT_MICROGRAPHS = os.environ.get("CRYOWEB_PROJECT_MICROGRAPHS", "")
LOG = os.environ.get("CRYOWEB_LOG", "lines")
METRICS_TOKEN = os.environ.get("CRYOWEB_METRICS_TOKEN", "")
DRAIN_SECONDS = os.environ.get("CRYOWEB_DRAIN_SECONDS", "8")
SIGNUPS = os.environ.get("CRYOWEB_SIGNUPS", "") == "1"
MAIL_URL = os.environ.get("CRYOWEB_MAIL_URL", "")
MAIL_FROM = os.environ.get("CRYOWEB_MAIL_FROM", "")
OIDC_ISSUER = os.environ.get("CRYOWEB_OIDC_ISSUER", "")
OIDC_CLIENT_ID = os.environ.get("CRYOWEB_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("CRYOWEB_OIDC_CLIENT_SECRET", "")
OIDC_NAME = os.environ.get("CRYOWEB_OIDC_NAME", "single sign-on")
OIDC_WHO = [who.strip() for who in os.environ.get("CRYOWEB_OIDC_WHO", "").split(",") if who.strip()]
OIDC_NEW_ACCOUNTS = os.environ.get("CRYOWEB_OIDC_NEW_ACCOUNTS", "") == "1"
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")


def limit(value: str, name: str) -> float | None:
    """A number above 0; None where none is set. Anything else ends the program with a message."""
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        number = 0
    if not 0 < number < float("inf"):
        sys.exit(f"{name}={value} is not a number above 0: correct it, or leave it unset for no limit.")
    return number


def data_roots() -> dict[Path, list[str]]:
    """Folders whose micrographs may be used in place, and who may use each, besides administrators.

    CRYOWEB_DATA_ROOTS, separated as in PATH: `/data/a` is for administrators, `/data/b=anna,%lab` also for the user
    anna and the group lab, `/data/c=*` for everybody with an account. What is given twice is given to both.
    """
    roots: dict[Path, list[str]] = {}
    for item in os.environ.get("CRYOWEB_DATA_ROOTS", "").split(os.pathsep):
        folder, _, people = item.rpartition("=") if "=" in item else (item, "", "")
        if folder:
            names = [name.strip() for name in people.split(",") if name.strip()]
            roots.setdefault(Path(folder).expanduser().resolve(), []).extend(names)
    return roots


@contextmanager
def data_folder() -> Iterator[Path]:
    """The folder, made where it is missing. Where it cannot be used, every command exits with a message."""
    try:
        DATA.mkdir(parents=True, exist_ok=True)
        yield DATA
    except OSError as error:
        sys.exit(
            f"CryoWeb cannot use its data folder {DATA} ({error.strerror}). "
            "Change its owner or permissions, free some space, or choose another folder with CRYOWEB_DATA."
        )


def secret_key() -> str:
    """The signing secret: CRYOWEB_SECRET_KEY, else one made at the first start and kept with the data."""
    if key := os.environ.get("CRYOWEB_SECRET_KEY"):
        return key
    with data_folder():
        return _kept_key(DATA / "secret_key")


def _kept_key(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    except OSError:
        path.unlink()  # an empty file would be used as the key from now on
        raise
    return path.read_text()


def allowed_hosts() -> list[str]:
    """Names the browser may use for this server: CRYOWEB_HOSTS, and this machine's own when HOST opens it."""
    hosts = ["localhost", "127.0.0.1", "[::1]"]
    hosts += [host for host in os.environ.get("CRYOWEB_HOSTS", "").split(",") if host]
    if HOST in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound  # nosec B104
        hosts += own_names()
    elif HOST:
        hosts.append(HOST)
    return hosts


def own_names() -> list[str]:
    """This machine's host names and addresses, as far as its resolver knows them."""
    name = socket.gethostname()
    try:
        _, aliases, addresses = socket.gethostbyname_ex(name)
    except OSError:
        return [name]
    return [name, socket.getfqdn(), *aliases, *addresses]
