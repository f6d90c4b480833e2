"""What lies in a folder. The rule is in tests/data/chosen_files.json, which the browser's tests run too."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from picking import folders
from picking.folders import look_in
from picking.science.imaging.other_kinds import OTHER_KINDS

CASES = json.loads((Path(__file__).parent / "data" / "chosen_files.json").read_text())


def make(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return folder


def names(folder: Path, recursive: bool = False) -> list[str]:
    return [str(file.relative_to(folder)) for file in look_in(folder, recursive).micrographs]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_browser_and_the_server_take_the_same_files(tmp_path: Path, case: dict[str, Any]) -> None:
    make(tmp_path, *case["files"])
    assert names(tmp_path, recursive=True) == case["micrographs"]
    left_out = {reason: sorted(files) for reason, files in look_in(tmp_path, recursive=True).left_out.items()}
    assert left_out == {OTHER_KINDS.get(reason, reason): sorted(files) for reason, files in case["left_out"].items()}


def test_folders_in_a_folder_are_looked_into_when_asked(tmp_path: Path) -> None:
    make(tmp_path, "top.mrc", "grid10/a.mrc", "grid2/b.mrc", "grid2/raw/c.mrc")
    assert names(tmp_path) == ["top.mrc"]
    assert names(tmp_path, recursive=True) == ["top.mrc", "grid2/b.mrc", "grid2/raw/c.mrc", "grid10/a.mrc"]


def test_what_is_left_out_is_named_with_the_reason(tmp_path: Path) -> None:
    make(tmp_path, "mic.mrc", "notes.txt", "bell\x07.mrc", "mic.jpg", "sub/more.xml")
    (tmp_path / "gone.mrc").symlink_to("/nowhere/x.mrc")
    (tmp_path / "again").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.mrc")
    found = look_in(tmp_path, recursive=True)
    assert [file.name for file in found.micrographs] == ["mic.mrc"]
    assert found.left_out == {
        folders.LINKED_FOLDER: ["again"],
        folders.UNFIT: ["bell\N{REPLACEMENT CHARACTER}.mrc"],
        folders.NOWHERE: ["gone.mrc"],
        folders.NO_FILE: ["pipe.mrc"],
        folders.COMPANION: ["mic.jpg"],
        folders.OTHER_KIND: ["notes.txt", "sub/more.xml"],
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into every folder")
def test_a_closed_folder_is_named(tmp_path: Path) -> None:
    make(tmp_path, "closed/mic.mrc")
    (tmp_path / "closed").chmod(0)
    assert look_in(tmp_path, recursive=True).left_out == {folders.CLOSED: ["closed"]}


def test_a_link_is_known_by_its_own_name(tmp_path: Path) -> None:
    make(tmp_path, "raw/real.mrc")
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "000123_abc.mrc").symlink_to(tmp_path / "raw" / "real.mrc")
    assert names(tmp_path / "links") == ["000123_abc.mrc"]
