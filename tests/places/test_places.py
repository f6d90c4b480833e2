"""Folders, lists and patterns that people at the page may import from."""

import struct
from pathlib import Path

import pytest

from picking.data_roots import LINKED_OUTSIDE, OUTSIDE
from picking.places import Place, leave_out_other_kinds, look_at
from picking.places.lists import GONE, TWICE
from picking.refusals import Refused
from tests.science.imaging.test_read import RAMP, mrc_bytes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "raw"
    root.mkdir()
    return root


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(mrc_bytes(RAMP, 2, "<"))


def write_list(path: Path, *names: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = "\n".join(f"{name} 0.885" for name in names)
    path.write_text(f"data_micrographs\nloop_\n_rlnMicrographName\n_rlnMicrographPixelSize\n{rows}\n")
    return str(path)


def names(place: Place, root: Path) -> list[str]:
    return [str(file.relative_to(root)) for file in place.micrographs]


def test_the_paths_of_a_list_start_from_the_folder_above_it_where_they_are_found(root: Path) -> None:
    make(root, "project/MotionCorr/job002/Movies/a.mrc")
    star = write_list(root / "project/CtfFind/job003/micrographs_ctf.star", "MotionCorr/job002/Movies/a.mrc")
    place = look_at(star, [root])
    assert names(place, root) == ["project/MotionCorr/job002/Movies/a.mrc"]
    assert (place.kind, place.folder) == ("list", root / "project")
    assert place.listed[place.micrographs[0]].pixel_size == 0.885
    assert "0.885 Å" in " ".join(place.notes)


def test_what_a_list_names_and_cannot_be_used_is_said(root: Path) -> None:
    make(root, "a.mrc", "b.txt")
    star = write_list(root / "l.star", "a.mrc", "gone.mrc", "a.mrc", "b.txt")
    left_out = look_at(star, [root]).left_out
    assert (left_out[GONE], left_out[TWICE]) == (["gone.mrc"], ["a.mrc"])
    assert [names for reason, names in left_out.items() if "by its name" in reason] == [["b.txt"]]


def test_a_list_cannot_reach_outside_the_roots_nor_tell_what_is_there(root: Path, tmp_path: Path) -> None:
    make(tmp_path, "secret.mrc")
    make(root, "a.mrc")
    (root / "link.mrc").symlink_to(tmp_path / "secret.mrc")
    outside = ["../secret.mrc", "../nothing.mrc", str(tmp_path / "secret.mrc"), "link.mrc"]
    place = look_at(write_list(root / "l.star", "a.mrc", *outside), [root])
    assert names(place, root) == ["a.mrc"]
    assert place.left_out[OUTSIDE] == outside
    with pytest.raises(Refused, match="None of the first micrographs"):
        look_at(write_list(root / "l.star", str(tmp_path / "secret.mrc")), [root])


def test_a_list_outside_the_roots_is_refused(root: Path, tmp_path: Path) -> None:
    star = write_list(tmp_path / "l.star", "raw/a.mrc")
    with pytest.raises(Refused, match="allowed data roots"):
        look_at(star, [root])
    (root / "link.star").symlink_to(star)
    with pytest.raises(Refused, match="outside the allowed data roots"):
        look_at(str(root / "link.star"), [root])


def test_a_list_that_was_moved_away_from_its_project_is_said_with_where_it_was_looked(root: Path) -> None:
    star = write_list(root / "elsewhere/l.star", "MotionCorr/job002/a.mrc")
    with pytest.raises(Refused, match=r"elsewhere.*leave the file where that program wrote it"):
        look_at(star, [root])


def test_a_file_that_is_no_list_is_refused(root: Path) -> None:
    make(root, "a.mrc")
    with pytest.raises(Refused, match="neither a STAR file"):
        look_at(str(root / "a.mrc"), [root])


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("session/*/*_DW.mrc", ["session/g2/x_DW.mrc", "session/g10/y_DW.mrc"]),
        ("session/g?/*", ["session/g2/x.mrc", "session/g2/x_DW.mrc"]),
        ("session/**/*_DW.mrc", ["session/g2/x_DW.mrc", "session/g10/y_DW.mrc", "session/g10/deep/z_DW.mrc"]),
        ("session/**/**/y_DW.mrc", ["session/g10/y_DW.mrc"]),
        ("session/g[1-3]/x.mrc", ["session/g2/x.mrc"]),
    ],
)
def test_a_pattern_finds_the_files_that_match(root: Path, pattern: str, found: list[str]) -> None:
    make(root / "session", "g2/x.mrc", "g2/x_DW.mrc", "g10/y_DW.mrc", "g10/deep/z_DW.mrc", "g2/.hidden_DW.mrc")
    assert names(look_at(str(root / pattern), [root]), root) == found


def test_a_folder_whose_name_looks_like_a_pattern_is_a_folder(root: Path) -> None:
    make(root, "grid[1]/a.mrc")
    assert names(look_at(str(root / "grid[1]"), [root]), root) == ["grid[1]/a.mrc"]


@pytest.mark.parametrize("pattern", ["../*.mrc", "*/../../*.mrc", "/etc/*"])
def test_a_pattern_cannot_reach_outside_the_roots(root: Path, tmp_path: Path, pattern: str) -> None:
    make(tmp_path, "secret.mrc")
    make(root, "g/a.mrc")
    try:
        assert look_at(str(root / pattern), [root]).micrographs == []
    except Refused as refused:
        assert "allowed data roots" in str(refused)


def test_links_in_a_folder_that_lead_outside_are_named(root: Path, tmp_path: Path) -> None:
    make(tmp_path, "secret.mrc")
    make(root, "a.mrc")
    (root / "link.mrc").symlink_to(tmp_path / "secret.mrc")
    place = look_at(str(root), [root])
    assert (names(place, root), place.left_out[LINKED_OUTSIDE]) == (["a.mrc"], ["link.mrc"])


def test_movies_in_a_folder_are_named_with_what_to_do_and_the_rest_is_left_to_the_import(root: Path) -> None:
    make(root, "a.mrc", "movie.mrc")
    head = bytearray((root / "movie.mrc").read_bytes())
    struct.pack_into("<3i", head, 0, 3838, 3710, 40)
    (root / "movie.mrc").write_bytes(head)
    (root / "broken.mrc").write_bytes(b"not an image")
    (root / "frames.eer").write_bytes(b"II+\0")
    place = look_at(str(root), [root])
    leave_out_other_kinds(place)
    assert names(place, root) == ["a.mrc", "broken.mrc"]
    said = {name: reason for reason, left in place.left_out.items() for name in left}
    assert "a movie of 40 frames" in said["movie.mrc"]
    assert "Import the motion-corrected micrograph instead" in said["movie.mrc"]
    assert "a movie (EER)" in said["frames.eer"]
