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


FIRST = st.sampled_from(["data_", "data_x", "loop_", "loop_1", "_x", "_", "stop_", "a#b", "a'b", ";", "$"])


@given(st.lists(FIRST, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n", "\t\n"]), st.booleans())
def test_a_row_may_begin_like_a_keyword(names: list[str], end: str, ends: bool) -> None:
    rows = end.join(f"{name}\t0.5 # said" for name in names)
    content = f"data_m{end}{end}loop_{end}_n #1{end}_v{end}{rows}{end if ends else ''}"
    assert read_star(content, "x.star") == {"m": {"n": names, "v": ["0.5"] * len(names)}}


def test_in_one_column_a_row_may_look_like_a_keyword_until_an_empty_line() -> None:
    content = "data_a\nloop_\n_x\ndata_1\nloop_\n\ndata_b\n_y 1\n"
    assert read_star(content, "x.star") == {"a": {"x": ["data_1", "loop_"]}, "b": {"y": ["1"]}}


def test_a_block_needs_no_empty_line_before_it_nor_a_loop() -> None:
    content = "data_a\n_x 1 # one\n_y 'two words'\ndata_b\nloop_\n_z 1\n_w 2\n3 4\ndata_c\n_v 5"
    blocks = {"a": {"x": ["1"], "y": ["two words"]}, "b": {"z": ["3"], "w": ["4"]}, "c": {"v": ["5"]}}
    assert read_star(content, "x.star") == blocks


def test_a_second_block_of_one_name_is_refused_rather_than_lost() -> None:
    with pytest.raises(UnreadableCoordinates, match="line 3: there is a second block data_a"):
        read_star("data_a\n_x 1\ndata_a\n_x 2\n", "x.star")


def test_quotes_that_never_close_are_not_sought_again_and_again() -> None:
    content = "data_\nloop_\n_x\n" + "'a " * 1_000_000  # in quadratic time: an hour
    with pytest.raises(UnreadableCoordinates, match="expected 1 values, found 1000000"):
        read_star(content, "x.star")


def test_a_short_row_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableCoordinates, match=r"x\.star, line 5: expected 2 values, found 1"):
        read_star("data_\nloop_\n_x\n_y\n1\n", "x.star")


@pytest.mark.parametrize("odd", ["1 '2 2'", "1 two#2 # said", "1 zwölf", "1 a\x1cb"])
def test_a_row_that_needs_thought_among_plain_ones_is_read_as_it_would_be_alone(odd: str) -> None:
    head = "data_x\nloop_\n_one\n_two\n"
    [alone] = read_star(f"{head}{odd}\n", "a.star").values()
    plain = [f"1 {number}" for number in range(30)]
    [among] = read_star(head + "\n".join([*plain, odd, *plain]) + "\n\n", "a.star").values()
    assert among["two"] == [*map(str, range(30)), *alone["two"], *map(str, range(30))]


def test_a_row_of_another_width_after_many_is_told_by_its_line() -> None:
    rows = "1 2\n" * 20
    with pytest.raises(UnreadableCoordinates, match="line 25"):
        read_star(f"data_x\nloop_\n_one\n_two\n{rows}1 2 3\n", "a.star")
