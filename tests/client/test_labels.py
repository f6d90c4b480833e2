"""Labels of a table, and whose micrographs they are."""

from pathlib import Path

import pytest

from cryoweb_client import CryoWebError, Label, read_labels
from cryoweb_client.labels import ids_by_name


@pytest.mark.parametrize("between", [",", "\t"])
def test_a_table_of_commas_or_tabs_is_read_and_may_say_the_kind(tmp_path: Path, between: str) -> None:
    path = tmp_path / "labels"
    rows = [("micrograph", "x", "y", "kind"), ("a.mrc", "1.5", "2", "background"), ("b.mrc", "3", "4", "")]
    path.write_text("\ufeff" + "\r\n".join(map(between.join, rows)), encoding="utf-8")
    assert read_labels(path, "contamination") == [
        Label("a.mrc", 1.5, 2.0, "background"),
        Label("b.mrc", 3.0, 4.0, "contamination"),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,1,2,blob", "line 2: there is no kind “blob”. Use particle, background, contamination."),
        ("a,one,2,", "line 2: x and y must be numbers, not “one” and “2”."),
        ("a,1", "line 2: x and y must be numbers, not “1” and “None”."),
    ],
)
def test_a_wrong_row_is_said_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(f"micrograph,x,y,kind\n{row}\n")
    with pytest.raises(CryoWebError, match=said):
        read_labels(path)


def test_another_file_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "picks.star"
    path.write_text("data_\n")
    with pytest.raises(CryoWebError, match=r"no column micrograph or x or y.*cryoweb convert"):
        read_labels(path)


def test_names_match_whole_or_by_the_end_of_their_path_without_extension() -> None:
    ids = {"gridA/mic_1": 1, "gridB/mic_1": 2, "mic_2.0um": 3}
    assert ids_by_name(["gridA/mic_1", "Movies/mic_2.0um.mrc"], ids) == {"gridA/mic_1": 1, "Movies/mic_2.0um.mrc": 3}


@pytest.mark.parametrize("name", ["mic_1.mrc", "mic_3"])
def test_a_name_of_several_or_of_none_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(CryoWebError, match=f"“{name}”. It has “gridA/mic_1”, “gridB/mic_1”. Nothing was labelled"):
        ids_by_name([name], {"gridA/mic_1": 1, "gridB/mic_1": 2})
