"""How the content of files is known."""

import json
from pathlib import Path
from typing import Any

import pytest

from picking.files import PIECE, PIECES, fingerprint

CASES = json.loads((Path(__file__).parent / "data" / "fingerprints.json").read_text())["cases"]


def content(size: int, seed: int) -> bytes:
    return bytes((31 * i * i + 7 * i + seed + (i >> 8)) % 251 for i in range(size))


@pytest.mark.parametrize("case", CASES)
def test_fingerprints_are_those_that_browsers_make(case: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(content(case["size"], case["seed"]))
    assert fingerprint(file) == case["fingerprint"]


@pytest.mark.parametrize("place", [0, PIECES * PIECE, 4 * PIECES * PIECE - 1], ids=["first", "between", "last"])
def test_a_change_at_either_end_shows_and_one_between_pieces_need_not(place: int, tmp_path: Path) -> None:
    file, whole = tmp_path / "file", bytearray(4 * PIECES * PIECE)
    file.write_bytes(whole)
    before = fingerprint(file)
    whole[place] = 1
    file.write_bytes(whole)
    assert (fingerprint(file) != before) == (place != PIECES * PIECE)
