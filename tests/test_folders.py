"""What lies in a folder."""

import os
from pathlib import Path

import pytest

from picking import folders
from picking.folders import look_in


def make(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return folder


def names(folder: Path, recursive: bool = False) -> list[str]:
    return [str(file.relative_to(folder)) for file in look_in(folder, recursive).micrographs]


def test_micrographs_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    make(tmp_path, "mic_10.mrc", "mic_2.mrc", "mic_1.TIF")
    assert names(tmp_path) == ["mic_1.TIF", "mic_2.mrc", "mic_10.mrc"]


def test_folders_in_a_folder_are_looked_into_when_asked(tmp_path: Path) -> None:
    make(tmp_path, "top.mrc", "grid10/a.mrc", "grid2/b.mrc", "grid2/raw/c.mrc")
    assert names(tmp_path) == ["top.mrc"]
    assert names(tmp_path, recursive=True) == ["top.mrc", "grid2/b.mrc", "grid2/raw/c.mrc", "grid10/a.mrc"]


def test_names_that_begin_with_a_dot_are_passed_by(tmp_path: Path) -> None:
    make(tmp_path, "mic.mrc", "._mic.mrc", ".mic.mrc.Xa1b2", ".cache/mic.mrc", ".hidden.mrc")
    found = look_in(tmp_path, recursive=True)
    assert [file.name for file in found.micrographs] == ["mic.mrc"]
    assert not found.left_out


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
