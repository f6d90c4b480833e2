"""The installation as a whole: its settings, and the processes that say that they live."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection

from picking.checks.check import Check, Found, ok, problem, together, warning
from picking.checks.workers import MEND_FIRST, START_THEM
from picking.jobs.kinds import WORK
from picking.models import Process
from picking.queries.server.server import heard, processes
from picking.version import number

SHORTEST_TOKEN = 16
OWN = {"localhost", "127.0.0.1", "[::1]"}


def _settings() -> Found:
    """Those that matter once other people use the server."""
    return together([*_wrong_settings()])


def _wrong_settings() -> Iterator[Found]:
    open_to_others = bool({*settings.ALLOWED_HOSTS} - OWN)
    if settings.DEBUG:
        how = "Unset CRYOWEB_DEBUG: error pages show the code and its settings to everyone."
        yield problem("CRYOWEB_DEBUG is on", how) if open_to_others else warning("CRYOWEB_DEBUG is on", how)
    if "*" in settings.ALLOWED_HOSTS:
        yield problem("the server goes by any name", "Name its hosts in CRYOWEB_HOSTS instead of *.")
    if settings.SESSION_COOKIE_SECURE:
        for each in checks.run_checks(include_deployment_checks=True):
            if each.level >= checks.WARNING and not each.is_silenced():
                yield warning(f"{each.id}: {each.msg}", each.hint or "See Django's list of checks.")
    elif open_to_others:
        how = "Put a proxy with HTTPS in front, and set CRYOWEB_HTTPS=1 (docs/settings.md)."
        yield warning("people use this server without HTTPS: passwords can be read on the way", how)
    if os.environ.get("FORWARDED_ALLOW_IPS") == "*":
        how = "Name the addresses of your proxies, or see that nobody else reaches the web processes."
        yield warning("FORWARDED_ALLOW_IPS is *: whoever reaches the server can say where they come from", how)
    if 0 < len(settings.CRYOWEB_METRICS_TOKEN) < SHORTEST_TOKEN:
        how = "Make a longer one: openssl rand -hex 24."
        yield warning(f"CRYOWEB_METRICS_TOKEN is shorter than {SHORTEST_TOKEN} characters", how)


def _engines() -> Found:
    """Several machines need a database server and Redis."""
    rows = [each for each in processes() if heard(each)]
    web = [each for each in rows if each.role == Process.Role.WEB]
    hosts = {each.host for each in rows}
    if connection.vendor == "sqlite" and len(hosts) > 1:
        how = "Use PostgreSQL: set CRYOWEB_DATABASE_URL (docs/settings.md)."
        return problem(f"{len(hosts)} machines share one SQLite file, which can destroy it", how)
    if len(web) > 1 and not settings.CHANNEL_LAYER_SPANS_PROCESSES:
        how = "Use Redis: set CRYOWEB_REDIS_URL for all of them (docs/settings.md)."
        return warning(f"{len(web)} web processes without Redis: people on different ones see each other late", how)
    return ok(connection.vendor)


def _processes() -> Found:
    """Each queue has a worker, all are of this version, and none is silent."""
    rows = processes()
    alive = [each for each in rows if heard(each)]
    if not alive:
        return warning(
            "none says that it lives: the server does not run", "Start it: make run, or see docs/settings.md."
        )
    missing = sorted({kind.value for kind in WORK} - {queue for each in alive for queue in each.queues})
    if missing:
        return problem(f"no worker takes the jobs of {', '.join(missing)}", START_THEM)
    silent = [each.name for each in rows if not heard(each)]
    if silent:
        return warning(f"silent: {', '.join(silent)}", "See in their log why they ended, and start them again.")
    others = sorted({each.name for each in alive if each.version != number()})
    if others:
        return warning(f"not of version {number()}: {', '.join(others)}", "Start them again with the new version.")
    return ok(f"{len(alive)} live")


def _page() -> Found:
    if (Path(settings.FRONTEND_DIST) / ".vite" / "manifest.json").is_file():
        return ok()
    return problem("it has not been built", "Run make build.")


INSTALLATION = (
    Check("settings", _settings),
    Check("engines", _engines, MEND_FIRST),
    Check("processes", _processes, MEND_FIRST),
    Check("page", _page, "Run make build."),
)
