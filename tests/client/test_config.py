"""Where the sign-in is kept."""

import os
from pathlib import Path

import pytest

from cryoweb_client import NotSignedIn
from cryoweb_client.config import SignIn, config_path, load, save


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.json"
    before = os.umask(0)
    try:
        save(SignIn("http://here", "secret"), path)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load({"CRYOWEB_CONFIG": str(path)}) == SignIn("http://here", "secret")


def test_a_second_sign_in_replaces_the_first(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    save(SignIn("http://here", "old"), path)
    save(SignIn("http://there", "new"), path)
    assert load({"CRYOWEB_CONFIG": str(path)}) == SignIn("http://there", "new")
    assert [file.name for file in tmp_path.glob("config*")] == ["config.json"]


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    save(SignIn("http://here", "kept"), path)
    found = load({"CRYOWEB_CONFIG": str(path), "CRYOWEB_TOKEN": "given"})
    assert found == SignIn("http://here", "given")


def test_without_a_sign_in_it_is_said_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(NotSignedIn, match="cryoweb signin ADDRESS"):
        load({"CRYOWEB_CONFIG": str(tmp_path / "none.json")})


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text("{")
    with pytest.raises(NotSignedIn, match=str(path)):
        load({"CRYOWEB_CONFIG": str(path)})


def test_it_lies_where_programs_keep_such_files() -> None:
    assert config_path({"XDG_CONFIG_HOME": "/conf"}) == Path("/conf/cryoweb/config.json")
    assert config_path({}) == Path.home() / ".config" / "cryoweb" / "config.json"
