import pytest

from tests.bench.tables import print_table


def test_columns_are_as_wide_as_their_widest_cell(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["set", "AP"], [["a long name", 0.5], ["b", 12]])
    assert capsys.readouterr().out.splitlines() == [
        "  set             AP",
        "  a long name  0.500",
        "  b               12",
    ]
