"""Files of snapshots, checked by the client."""

import gzip
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from cryoweb_client import CryoWebError, snapshots, steps
from cryoweb_client.commands import main
from picking import storage
from picking.models import Micrograph
from picking.science.frozen import FORMAT, write_frozen
from tests.api.jobs.test_exports import picked
from tests.api.projects.test_named_snapshots import make
from tests.client.served import served
from tests.people import People

__all__ = ["picked"]


@pytest.fixture
def file(tmp_path: Path) -> tuple[Path, str]:
    path = tmp_path / "snapshot.jsonl.gz"
    head = {"format": FORMAT, "name": "As published", "created_at": "2026-01-01", "project": {"name": "P"}}
    return path, write_frozen(path, [head, {"name": "mic_1", "x": [1.5]}])


def test_a_file_is_what_was_cited_by_its_hash_or_the_beginning_of_it(file: tuple[Path, str]) -> None:
    path, sha256 = file
    for cited in (sha256, sha256[:12], sha256.upper(), ""):
        assert snapshots.verify(path, cited).sha256 == sha256


@pytest.mark.parametrize("cited", ["0" * 64, "0" * 12])
def test_another_one_is_refused(file: tuple[Path, str], cited: str) -> None:
    with pytest.raises(CryoWebError, match="not the snapshot that was cited"):
        snapshots.verify(file[0], cited)


def test_a_few_characters_prove_nothing(file: tuple[Path, str]) -> None:
    with pytest.raises(CryoWebError, match="no SHA-256"):
        snapshots.verify(file[0], file[1][:11])


def test_a_file_that_was_cut_or_changed_or_is_something_else_is_refused(file: tuple[Path, str]) -> None:
    path, sha256 = file
    whole = path.read_bytes()
    for content in (whole[:-9], whole[:40] + b"x" + whole[41:], b"text", gzip.compress(b"{}\n"), gzip.compress(b"")):
        path.write_bytes(content)
        with pytest.raises(CryoWebError):
            snapshots.verify(path, sha256)


def test_the_command_says_what_it_is_and_asks_the_server_for_the_hash(
    people: People,
    picked: Micrograph,
    file: tuple[Path, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    named = make(people)
    assert main(["verify", str(file[0]), file[1]]) == 0
    assert capsys.readouterr().out == f"{file[1]}\n"
    with served(people, "viewer") as project:
        server = SimpleNamespace(project=lambda name: project)
        monkeypatch.setattr(steps, "CryoWeb", lambda: nullcontext(server))
        assert main(["verify", str(storage.named_snapshot_path(named)), "--of", "1", "1"]) == 0
        assert main(["verify", str(file[0]), "--of", "1", "1"]) == 1
    assert "not the snapshot that was cited" in capsys.readouterr().err
