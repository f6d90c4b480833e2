"""Comments by the client."""

from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from cryoweb_client import steps
from cryoweb_client.commands import main
from picking.models import Micrograph
from tests.client.served import served
from tests.people import People


def test_comments_are_written_and_read(people: People, micrograph: Micrograph) -> None:
    with served(people) as project:
        thread = project.comment("Is this ice?", micrograph=micrograph.pk, x=10.0, y=20.0)
        project.comment("No.", thread=thread["id"])
        assert [each["text"] for each in project.comments(micrograph=micrograph.pk)] == ["Is this ice?", "No."]
        assert project.comments(resolved=True) == []


def test_a_command_prints_those_of_open_threads(
    people: People, micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(people) as project:
        project.comment("Is this\nice?", micrograph=micrograph.pk, x=10.0, y=20.0)
        server = SimpleNamespace(project=lambda name: project)
        monkeypatch.setattr(steps, "CryoWeb", lambda: nullcontext(server))
        assert main(["comments", "1"]) == 0
    _, *printed = capsys.readouterr().out.rstrip("\n").split("\t")
    assert printed == ["first 10, 20", people.manager.username, "Is this ice?"]
