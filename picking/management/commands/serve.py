"""`manage.py serve`: the whole of CryoWeb as one foreground program, as `make run` starts it."""

import logging
import os
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request
import webbrowser
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, OperationalError, connection
from kombu.exceptions import OperationalError as BrokerAway

from cryoweb import environment
from picking.actions.jobs.jobs import send_again_of
from picking.actions.jobs.owners import owner_of
from picking.data_roots import given_to_nobody
from picking.jobs.kinds import queues_by_worker
from picking.models import Project, User
from picking.pages.signing_in import signin_path
from picking.server.supervise import Supervisor
from picking.server.worker import worker
from picking.web_server import web_server

log = logging.getLogger(__name__)
START_WITHIN_SECONDS = 60


class Command(BaseCommand):
    help = "Start the web server and the background workers, and stop them together on Ctrl-C."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--no-demo", action="store_true", help="do not create the demo project in an empty database"
        )

    def handle(self, **options: Any) -> None:
        require_free_port(environment.HOST, port_number(environment.PORT))
        require_data_folder()
        require_database()
        call_command("migrate", verbosity=0)
        admin = first_administrator()
        if not options["no_demo"] and not Project.objects.exists():
            self.stdout.write("First start: creating a demo project with six simulated micrographs …")
            call_command("demo", user=admin.username, stdout=self.stdout)
        supervisor = Supervisor(processes(), died=send_again_what_it_was_at)
        supervisor.start()
        try:
            if wait_until_up():
                self._welcome(admin)
            supervisor.watch()
        finally:
            supervisor.stop()
            self.stdout.write("CryoWeb has stopped. Everything is kept in " + str(settings.CRYOWEB_DATA))

    def _welcome(self, admin: User) -> None:
        link = address() + signin_path(admin)
        self.stdout.write(
            f"\n  CryoWeb is running. Sign in with this link (it works once):\n\n    {link}\n\n"
            f"  Afterwards: {address()}   Stop: Ctrl-C\n"
        )
        for folder in given_to_nobody():
            self.stdout.write(
                f"  {folder} is for administrators only. Write CRYOWEB_DATA_ROOTS={folder}=* to give it to everybody.\n"
            )
        self.stdout.flush()
        if sys.stdout.isatty() and has_screen():
            webbrowser.open(link)


def processes() -> dict[str, list[str]]:
    """Name -> command of each process."""
    workers = {name: worker(name, ",".join(queues)) for name, queues in queues_by_worker().items()}
    return {"web": web_server(environment.HOST, environment.PORT), **workers}


def send_again_what_it_was_at(pid: int) -> None:
    """Of a worker that was killed; where that cannot be done now, other workers do once its lease is over."""
    try:
        send_again_of(owner_of(pid))
    except (Error, BrokerAway) as error:
        log.warning("what process %s was at is sent again once its lease is over: %s", pid, error)
    finally:
        connection.close()


def first_administrator() -> User:
    """The administrator whom the printed link signs in; made on the first start."""
    admin = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if admin is not None:
        return admin
    if (taken := User.objects.filter(username="admin").first()) is not None:
        why = "is not an administrator" if taken.is_active else "is deactivated"
        raise CommandError(
            f"Nobody can administer this server: the account “admin” {why}, and there is no other administrator. "
            "Create one under another name: python manage.py createsuperuser"
        )
    return User.objects.create_superuser("admin")


def port_number(port: str) -> int:
    """Raises CommandError for anything that is not a port."""
    if not port.isascii() or not port.isdecimal() or not 0 < int(port) < 1 << 16:
        raise CommandError(f"PORT={port} is not a port: use a number from 1 to 65535, or leave PORT unset for 8000.")
    return int(port)


def require_data_folder() -> None:
    """Raises CommandError when nothing can be written there."""
    try:
        with tempfile.TemporaryFile(dir=settings.CRYOWEB_DATA):
            pass
    except OSError as error:
        raise CommandError(
            f"CryoWeb cannot write to its data folder {settings.CRYOWEB_DATA} ({error.strerror}). "
            "Change its owner or permissions, free some space, or choose another folder: CRYOWEB_DATA=/path make run"
        ) from error


def require_database() -> None:
    """Raises CommandError when it does not answer."""
    try:
        connection.ensure_connection()
    except (OperationalError, ImproperlyConfigured) as error:
        place = connection.settings_dict.get("HOST") or connection.settings_dict["NAME"]
        reason = str(error).strip().splitlines()[0]
        raise CommandError(
            f"The database at {place} cannot be reached: {reason}. "
            "Start it or correct CRYOWEB_DATABASE_URL; without it CryoWeb uses its own database."
        ) from error


def require_free_port(host: str, port: int) -> None:
    """Raises CommandError in plain words when something listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error.strerror}). CryoWeb may already be running; "
                f"otherwise choose another port: PORT={port + 1} make run"
            ) from error


def address() -> str:
    """Where a browser on this machine finds the server."""
    host = "localhost" if environment.HOST in ("0.0.0.0", "::", "127.0.0.1") else environment.HOST  # noqa: S104 - compared  # nosec B104
    return f"http://{host}:{environment.PORT}"


def wait_until_up() -> bool:
    """Whether the web process answers before the time is over."""
    until = time.monotonic() + START_WITHIN_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address() + "/health", timeout=2):  # noqa: S310 - our own address  # nosec B310
                return True
        except urllib.error.HTTPError:
            return True  # it answers, and says what is wrong
        except OSError:
            time.sleep(0.1)
    return False


def has_screen() -> bool:
    """Whether opening a browser can work: on Linux, within a desktop session."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
