"""What browsers are told by every answer: no script or style but ours, no frame, no guessing of types."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from picking.models import User
from tests.people import People

ROOT = Path(__file__).parents[2]


def address(people: People, path: str) -> Any:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("root"))
    if path == "POST":
        return client.post("/account")
    if path == "host":
        return client.get("/", headers={"host": "elsewhere.example"})
    return client.get(path.format(project=people.project.pk))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", (200, 503)),  # 503: the frontend is not built
        ("/projects/{project}", (200, 503)),
        ("/account", (200,)),
        ("/shared/wrong", (410,)),
        ("/join/wrong", (410,)),
        ("/nowhere", (404,)),
        ("/health", (200, 503)),
        ("/admin/", (200,)),
        ("/admin/picking/user/", (200,)),
        ("/api/v1/docs", (200,)),
        ("/api/v1/docs?script=", (200,)),
        ("/api/v1/projects", (200,)),
        ("/api/v1/nowhere", (404,)),
        ("POST", (403,)),
        ("host", (400,)),
    ],
)
def test_every_answer_allows_nothing_but_our_own_files(people: People, path: str, status: tuple[int, ...]) -> None:
    answer = address(people, path)
    assert answer.status_code in status
    policy = dict(each.strip().split(" ", 1) for each in answer["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    assert (policy["frame-ancestors"], policy["base-uri"], policy["form-action"]) == ("'none'", "'none'", "'self'")
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert (answer["Referrer-Policy"], answer["Cross-Origin-Opener-Policy"]) == ("same-origin", "same-origin")
    if "html" in answer["Content-Type"]:
        inline = re.findall(r"<style| style=|<script(?![^>]* src=)| on\w+=", answer.content.decode())
        assert inline == []


def test_a_failure_allows_nothing_either(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(checks: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("picking.pages.probes.findings", fail)
    answer = Client(raise_request_exception=False).get("/health")
    assert (answer.status_code, "default-src 'none'" in answer["Content-Security-Policy"]) == (500, True)


def test_a_page_that_was_open_too_long_says_so(people: People) -> None:
    assert "Reload the page and try again" in address(people, "POST").content.decode()


def test_cookies_are_for_this_site_and_the_session_is_not_for_scripts(people: People) -> None:
    form = {"username": people.owner.username, "password": "let me in, please"}
    session = Client().post("/signin", form).cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")


BEHIND_HTTPS = {"CRYOWEB_HTTPS": "1", "CRYOWEB_HOSTS": "cryoweb.example.org"}


def manage(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **BEHIND_HTTPS, "CRYOWEB_DATA": str(tmp_path)}
    for name in ("DJANGO_SETTINGS_MODULE", "CRYOWEB_SECRET_KEY", "CRYOWEB_DEBUG"):
        environment.pop(name, None)
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_django_has_nothing_to_warn_of_behind_https(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "WARNINGS" not in done.stderr


ASK = """
from django.test import Client
ask = lambda path, **more: Client(SERVER_NAME="cryoweb.example.org").get(path, **more)
far = {"X-Forwarded-Proto": "https"}
print(ask("/signin", headers=far).headers["Strict-Transport-Security"])
print(ask("/signin").status_code, ask("/signin").headers["Location"], ask("/health").status_code in (200, 503))
cookie = ask("/signin", headers=far).cookies["csrftoken"]
print(cookie["secure"], cookie["samesite"])
"""


def test_behind_https_browsers_are_told_to_stay_there(tmp_path: Path) -> None:
    done = manage(tmp_path, "shell", "--no-imports", "-c", ASK)
    assert done.stdout.splitlines() == ["max-age=31536000", "301 https://cryoweb.example.org/signin True", "True Lax"]


def test_plain_http_promises_nothing(client: Client, db: None) -> None:
    with override_settings(SECURE_SSL_REDIRECT=False):
        assert "Strict-Transport-Security" not in client.get("/signin").headers
