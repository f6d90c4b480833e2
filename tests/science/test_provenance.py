"""The table of where each coordinate comes from."""

import csv
import io

import pytest

from picking.science.formats.coordinates import Coordinate, Coordinates
from picking.science.formats.whence import Whence
from picking.science.provenance import COLUMNS, heading, rows


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_no_name_of_a_file_or_a_person_is_a_formula(text: str) -> None:
    picks = Coordinates.of([Coordinate(10.5, 20.25, 0.75, 0.5, "label", text)])
    table = io.StringIO((heading() + rows(text, picks, Whence(0.5, 0.5, None))).decode(), newline="")
    _, row = csv.reader(table)
    assert (row[0], row[COLUMNS.index("person")]) == (f"'{text}", f"'{text}")
