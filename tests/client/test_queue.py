"""The queue by the client."""

from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from cryoweb_client import steps
from cryoweb_client.commands import main
from cryoweb_client.errors import Problem
from picking.models import Assignment
from tests.client.served import served
from tests.people import People
from tests.queue import make_micrographs


def test_a_program_takes_its_next_micrograph_and_finishes_it(people: People) -> None:
    first, second = make_micrographs(people.project, 2)
    with served(people, "member") as project:
        assert project.next_in_queue() == project.assignments()[0]
        assert project.finish(first.pk)["done_at"]
        assert project.assignments(done="false") == []
        assert project.claim(second.pk)["micrograph"] == second.pk
    with served(people) as other, pytest.raises(Problem, match="in other hands"):
        other.claim(second.pk)


def test_the_command_prints_the_queue_and_takes_and_finishes_by_name(
    people: People, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_micrographs(people.project, 2)
    with served(people, "member") as project:
        server = SimpleNamespace(project=lambda name: project)
        monkeypatch.setattr(steps, "CryoWeb", lambda: nullcontext(server))
        for words in (["--next"], ["--done", "m1"], ["--claim", "m2"], ["--done", "m2.mrc"], ["--next"], []):
            status = main(["queue", "1", *words])
            assert status == (1 if words == ["--next"] and Assignment.objects.count() == 2 else 0)
    said = capsys.readouterr()
    who = people.member.username
    assert said.out.splitlines() == ["m1", "m1", "m2", "m2", f"m1\t{who}\tdone", f"m2\t{who}\tdone"]
    assert "Nothing is left" in said.err
