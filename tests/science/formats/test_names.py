"""Which micrograph a name means, and names for files."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picking.science.formats.names import AmbiguousName, base_name, finder, marked, short
from picking.science.imaging.read import EXTENSIONS

TWO = ["g1/001", "g2/001", "other"]


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_one_extension_is_taken_off_whatever_its_case(extension: str) -> None:
    assert base_name(f"some/fol.der/foo.tif{extension}") == "foo.tif"
    assert base_name(f"some\\folder\\foo{extension.upper()}") == "foo"
    assert base_name(extension) == extension


def test_what_is_no_extension_stays() -> None:
    assert base_name("a/x.y.2") == "x.y.2"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("g2/001", "g2/001"),
        ("MotionCorr/job002/Movies/g2/001.mrc", "g2/001"),
        ("Movies\\g2\\001.mrc", "g2/001"),
        ("a/b/other.tif", "other"),
        ("g3/001.mrc", None),
        ("ag2/001.mrc", None),
        ("g2", None),
        ("", None),
    ],
)
def test_a_path_means_the_micrograph_whose_name_ends_it(written: str, name: str | None) -> None:
    assert finder(TWO)(written) == name


@pytest.mark.parametrize("written", ["001", "001.mrc"])
def test_a_name_that_several_have_means_none_of_them(written: str) -> None:
    with pytest.raises(AmbiguousName, match=rf"“{written}” matches g1/001, g2/001\. Add its folder to the name"):
        finder(TWO)(written)


def test_the_longest_name_that_ends_a_path_wins() -> None:
    find = finder(["001", "g2/001", "b/g2/001"])
    assert [find(path) for path in ("x/001", "x/g2/001.mrc", "x/b/g2/001")] == ["001", "g2/001", "b/g2/001"]
    assert find("001") == "001"


def test_a_name_without_its_folder_is_enough_where_no_other_has_it() -> None:
    find = finder(["b/g2/001", "other"])
    assert (find("001.mrc"), find("g2/001")) == ("b/g2/001", "b/g2/001")
    assert find("g1/001.mrc") is None


@pytest.mark.parametrize(("ours", "theirs"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_composed_and_decomposed_letters_are_the_same(ours: str, theirs: str) -> None:
    name = unicodedata.normalize(ours, "größe/Ång_1")  # type: ignore[arg-type]
    written = unicodedata.normalize(theirs, "größe/Ång_1")  # type: ignore[arg-type]
    assert finder([name])(f"Movies/{written}.mrc") == name
    assert finder([name])(written.rsplit("/", 1)[-1]) == name


def test_a_name_that_a_program_ends_alike_is_one() -> None:
    assert finder(["F/001"], stem=str.lower)("001") == "F/001"


def test_a_program_may_have_names_of_its_own_but_ours_come_first() -> None:
    find = finder(["a__1", "a", "b__1"], stem=lambda name: name.split("__")[0])
    assert (find("a"), find("b"), find("b__1")) == ("a", "b__1", "b__1")


@given(st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_a_short_name_fits_with_its_ending_and_a_name_that_fits_stays(name: str) -> None:
    cut = short(name, "_autopick.star")
    assert len(f"{cut}_autopick.star".encode()) <= 255
    assert (cut == name) == (len(name.encode()) <= 241)


def test_long_names_that_begin_alike_stay_different() -> None:
    assert len({short("L" * 250 + end, ".box") for end in "abc"}) == 3
    assert marked("ö" * 200, 100) == marked("ö" * 200, 100)


def test_folders_are_cut_too_and_none_leads_out() -> None:
    assert short("../a/./b//c", ".box") == "a/b/c"
    assert [len(part) for part in short("F" * 300 + "/" + "n" * 300, ".box").split("/")] == [255, 251]
