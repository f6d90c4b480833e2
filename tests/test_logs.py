"""How log lines look, and that none holds a secret."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.contextvars import bound_contextvars

from cryoweb.logs import logging_settings, without_secrets
from picking.actions.locked_project import locked_project
from picking.actions.micrographs.imports import queue_import
from picking.actions.people.tokens import NewToken, make_token
from picking.actions.projects.members import NewInvitation, invite
from picking.actions.projects.shared_links import share
from picking.jobs.tasks import run_job
from picking.models import Role
from picking.pages.signing_in import signin_path
from picking.tiles.tokens import tile_base
from tests.people import People


@contextmanager
def logged(form: str) -> Iterator[io.StringIO]:
    """What is written to the log while this lasts, with the formatter that the server has."""
    config = logging_settings(form)
    made = config["formatters"]["ours"]
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(made.pop("()")(**made))
    logger = logging.getLogger("picking")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield stream
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


def test_a_json_line_has_the_ids_that_were_bound() -> None:
    with logged("json") as stream, bound_contextvars(request_id="r-12345678", job_id=7):
        logging.getLogger("picking.room").warning("only %s free", "2 GiB", extra={"kind": "import"})
    line = json.loads(stream.getvalue())
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "warning",
        "logger": "picking.room",
        "event": "only 2 GiB free",
        "kind": "import",
        "request_id": "r-12345678",
        "job_id": 7,
    }


def test_a_readable_line_has_them_at_its_end_and_the_traceback_below() -> None:
    with logged("lines") as stream, bound_contextvars(job_id=7):
        password = "horse battery"
        try:
            raise ValueError(f"broken {len(password)}")
        except ValueError:
            logging.getLogger("picking.jobs").exception("it failed")
    first, *below = stream.getvalue().splitlines()
    assert first.endswith("ERROR picking.jobs: it failed [job_id=7]")
    assert (below[0], below[-1]) == ("Traceback (most recent call last):", "ValueError: broken 13")
    assert "horse" not in stream.getvalue()


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("could not connect to postgres://cryo:pa55word@db/cryo", "pa55word"),
        ("redis://:pa55word@host:6379/0 is gone", "pa55word"),
        ('{"username": "anna", "password": "pa55word"}', "pa55word"),
        ("{'new_password1': 'pa55word'}", "pa55word"),
        (r"a line \"password\": \"pa55word\" in JSON", "pa55word"),
        ("Authorization: Bearer abc.def-123", "abc.def-123"),
        ("authorization='Basic YTpi'", "YTpi"),
        ("Cookie: theme=dark; sessionid=k3v9x2", "k3v9x2"),
        ("GET /somewhere?token=abc123&x=1", "abc123"),
        ("webhook secret whsec_MfKQ9r8GKYqrTwjU", "MfKQ9r8GKYqrTwjU"),
        ("/accounts/password/reset/key/3-abc123/ was asked for", "abc123"),
    ],
)
def test_a_secret_is_hidden_wherever_it_stands(text: str, secret: str) -> None:
    hidden = without_secrets(text)
    assert secret not in hidden
    assert "…" in hidden


def test_the_secret_part_of_our_own_addresses_and_tokens_is_hidden(people: People) -> None:
    _, invited = invite(people.project.pk, people.owner, NewInvitation(Role.VIEWER, timedelta(days=1), 1))
    _, token = make_token(people.owner, NewToken("a script", Role.VIEWER, 1))
    _, shared = share(people.project.pk, people.owner, "readers", timedelta(days=1))
    tiles, signin = tile_base(people.project.pk, people.owner.pk), signin_path(people.owner)
    for address in (f"/join/{invited}", f"/shared/{shared}", signin, tiles, token):
        secret = address.rpartition("/")[2].removeprefix("cryoweb_")
        for form in ("json", "lines"):
            with logged(form) as stream:
                logging.getLogger("picking.requests").warning("Gone: %s", address)
            assert (secret in stream.getvalue(), "…" in stream.getvalue()) == (False, True), address


def test_what_no_secret_is_stays(people: People) -> None:
    text = "import job 3 of project 4: /data/token-ring/mic_1.mrc at http://host:8000/projects/3 has no pixels"
    assert without_secrets(text) == text


def test_a_job_carries_the_id_of_the_request_that_started_it(people: People, data_folder: Path) -> None:
    with bound_contextvars(request_id="asked-for-1"), locked_project(people.project.pk) as project:
        job = queue_import(project, people.owner, "mic.mrc", data_folder / "nowhere.mrc")
    with logged("json") as stream:
        run_job(job.pk)
    line = next(line for line in map(json.loads, stream.getvalue().splitlines()) if line["event"] == "job ended")
    assert (line["request_id"], line["job_id"], line["job_kind"]) == ("asked-for-1", job.pk, "import")
    assert (line["result"], line["level"], line["project"]) == ("failed", "warning", people.project.pk)
