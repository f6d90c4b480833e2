"""The command line, as far as it goes without a server."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cryoweb_client.commands import main

COMMANDS = [
    *["signin", "signout", "projects", "comments", "create", "import", "import-coordinates", "import-ctf", "compare"],
    *["queue", "verify", "label", "train", "wait", "pick", "export", "averages", "convert"],
]


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody is signed in."""
    monkeypatch.setenv("CRYOWEB_CONFIG", str(tmp_path / "config.json"))
    for name in ("CRYOWEB_ADDRESS", "CRYOWEB_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("words", ["projects", "train 1", "export 1 --format csv", "create A --diameter 100"])
def test_who_is_not_signed_in_is_told_how(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words.split()) == 1
    assert "cryoweb signin ADDRESS" in capsys.readouterr().err


def test_a_server_that_is_not_there_is_said_and_nothing_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cryoweb_client.connection.time.sleep", lambda seconds: None)
    (tmp_path / "token").write_text("secret\n")
    assert main(["signin", "localhost:9", "--token-file", str(tmp_path / "token")]) == 1
    assert "http://localhost:9 does not answer" in capsys.readouterr().err
    assert not (tmp_path / "config.json").exists()


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["label", "1", "gone.csv"]) == 1
    assert "gone.csv: No such file or directory" in capsys.readouterr().err


def test_micrographs_come_from_one_of_the_two_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "1"]) == 1
    assert "or --server with a path of the server" in capsys.readouterr().err


def test_without_cryoweb_itself_it_is_said_where_conversion_is_found(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cryoweb_client.steps.CONVERT", "no_such_package.convert")
    assert main(["convert", "in.star", "out.box"]) == 1
    assert "python -m picking.science.convert" in capsys.readouterr().err


def test_help_names_every_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cryoweb_client", "--help"],
        env={"PYTHONPATH": "client"},
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    for command in COMMANDS:
        assert re.search(rf"^ +{command}\s", done.stdout, re.MULTILINE), command


def test_in_a_copy_of_cryoweb_conversion_is_found_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cryoweb_client", "convert", "--help"],
        env={"PYTHONPATH": str(Path(__file__).resolve().parent.parent.parent / "client")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "--flip-y" in done.stdout) == (0, True), done.stderr
