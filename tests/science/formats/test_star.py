from pathlib import Path

import pytest
import starfile
from hypothesis import given
from hypothesis import strategies as st

from picking.science.formats import UnreadableCoordinates
from picking.science.formats.star import read_star, write_star

WORDS = st.text(st.sampled_from(" \tab#_;$?1\x85\u2028\xa0é"), min_size=1)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5))
def test_any_words_come_back(rows: list[tuple[str, str]]) -> None:
    block = read_star(write_star("names", ["a", "b"], rows), "x.star")["names"]
    assert list(zip(block["a"], block["b"], strict=True)) == rows


@pytest.mark.parametrize("value", ['it\'s "here"!', "a' b", 'a" b', "'", '"', "a'b", ""])
def test_quotes_come_back(value: str) -> None:
    assert read_star(write_star("", ["a", "b"], [[value, "1"]]), "x.star")[""]["a"] == [value]


@pytest.mark.parametrize("value", ["a\nb", "a' b\" c"])
def test_what_star_cannot_hold_is_an_error(value: str) -> None:
    with pytest.raises(ValueError, match="STAR"):
        write_star("", ["a"], [[value]])


def test_what_the_starfile_package_writes_is_read(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"rlnCoordinateX": [1.5, 2.25], "rlnMicrographName": ["a b.mrc", "c.mrc"]})
    starfile.write({"optics": {"rlnVoltage": 300}, "particles": table}, tmp_path / "x.star")
    blocks = read_star((tmp_path / "x.star").read_text(), "x.star")
    assert blocks["optics"] == {"rlnVoltage": ["300"]}
    assert [float(x) for x in blocks["particles"]["rlnCoordinateX"]] == [1.5, 2.25]
    assert blocks["particles"]["rlnMicrographName"] == ["a b.mrc", "c.mrc"]


def test_comments_and_windows_line_ends_are_passed_over() -> None:
    content = "# version 30001\r\ndata_\r\n\r\nloop_\r\n_x #1\r\n_y #2\r\n1 2#3 # last\r\n\r\n"
    assert read_star(content, "x.star") == {"": {"x": ["1"], "y": ["2#3"]}}


def test_a_short_row_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableCoordinates, match=r"x\.star, line 5: 1 values where there are 2 columns"):
        read_star("data_\nloop_\n_x\n_y\n1\n", "x.star")
