"""What a file's path says."""

import unicodedata

import pytest

from picking.science.file_names import (
    LONGEST_NAME,
    below_common_folder,
    export_paths,
    is_passed_by,
    may_be_same_place,
    micrograph_name,
    name_apart,
    unfit_character,
)


def named(*paths: str) -> list[str]:
    """The names of files that come one after another."""
    there: dict[str, str] = {}
    for path in paths:
        name, renamed = name_apart(path, there)
        there = {renamed.get(old, old): other for old, other in there.items()} | {name: path}
    return list(there)


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["raw/a.mrc", "raw/b.mrc"], ["a", "b"]),
        (["g1/001.mrc", "g2/001.mrc"], ["g1/001", "g2/001"]),
        (["/data/g1/raw/001.mrc", "/data/g2/raw/001.mrc"], ["g1/raw/001", "g2/raw/001"]),
        (["/data/g1/001.mrc", "g1/001.mrc"], ["data/g1/001", "g1/001"]),
        (["001.mrc", "g1/001.mrc"], ["001", "g1/001"]),
        (["g1/001.mrc", "g2/001.mrc", "x/g2/001.mrc"], ["g1/001", "g2/001", "x/g2/001"]),
    ],
)
def test_a_name_has_the_least_folders_that_tell_it_from_others(paths: list[str], names: list[str]) -> None:
    assert named(*paths) == names


def test_files_of_one_place_are_numbered() -> None:
    assert named("mic.mrc", "mic.mrc", "mic.mrc") == ["mic", "mic (2)", "mic (3)"]
    assert named("g1/mic.mrc", "g1/mic.mrc", "g2/mic.mrc") == ["g1/mic", "g1/mic (2)", "g2/mic"]


def test_a_number_is_not_given_to_a_name_that_another_file_has() -> None:
    assert named("mic.mrc", "mic (2).mrc", "mic.mrc") == ["mic", "mic (2)", "mic (3)"]


def test_names_keep_their_folders_when_the_other_is_gone() -> None:
    assert name_apart("mic.mrc", {"g1/mic": "g1/mic.mrc"}) == ("mic", {})


def test_folders_too_deep_for_a_name_are_left_out_of_it() -> None:
    deep = "/".join(["x" * 100] * 5)
    names = named(f"a/{deep}/mic.mrc", f"b/{deep}/mic.mrc")
    assert names == ["mic", "mic (2)"]
    assert max(map(len, names)) <= LONGEST_NAME


def test_names_are_in_one_spelling() -> None:
    for form in ("NFC", "NFD"):
        assert micrograph_name(unicodedata.normalize(form, "Größe_1.mrc")) == "Größe_1"
    assert named("é/1.mrc", unicodedata.normalize("NFD", "é/1.mrc")) == ["1", "1 (2)"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("mic.mrc", "raw/mic.mrc", True),
        ("/data/raw/mic.mrc", "raw/mic.mrc", True),
        ("g1/mic.mrc", "g2/mic.mrc", False),
        ("raw/mic.mrc", "w/mic.mrc", False),
        ("raw/mic.mrc", "raw/mic.tif", False),
    ],
)
def test_places_agree_where_one_path_is_the_end_of_the_other(one: str, other: str, same: bool) -> None:
    assert may_be_same_place(one, other) == may_be_same_place(other, one) == same


@pytest.mark.parametrize(
    ("text", "character"),
    [("a\nb", "U+000A"), ("a\x07", "U+0007"), ("a\u202eb", "U+202E"), ("\u200b", "U+200B"), ("\u2028", "U+2028")],
)
def test_characters_that_do_not_show_are_found(text: str, character: str) -> None:
    assert unfit_character(text) == character
    assert unfit_character("Größe 1 (βgal) ✓ 日本.mrc") is None


@pytest.mark.parametrize("path", ["._mic.mrc", ".mic.mrc", "raw/.mic.mrc", ".cache/mic.mrc"])
def test_names_that_begin_with_a_dot_are_passed_by(path: str) -> None:
    assert is_passed_by(path)
    assert not is_passed_by("raw/mic.1.mrc")


def test_paths_are_shown_below_the_folder_they_share() -> None:
    assert below_common_folder(["/data/g1/a.mrc", "/data/g2/a.mrc", "drop/b.mrc"]) == ["g1/a.mrc", "g2/a.mrc", "b.mrc"]
    assert below_common_folder(["/data/g1/a.mrc"]) == ["a.mrc"]


def test_files_of_one_path_are_exported_under_their_numbers() -> None:
    assert export_paths([("mic", "mic.mrc"), ("mic (2)", "mic.mrc")]) == ["mic.mrc", "mic (2).mrc"]
    assert export_paths([("g/mic (2)", "/data/g/mic.mrc.gz")]) == ["mic (2).mrc.gz"]
