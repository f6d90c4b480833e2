"""Every line of docs/security.md names a test that exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINES = [line for line in (ROOT / "docs" / "security.md").read_text().splitlines() if line.startswith("| ")]
NAMED = sorted({name for line in LINES for name in re.findall(r"`(tests/[\w/.:]+)`", line)})


@pytest.mark.parametrize("name", NAMED)
def test_the_test_is_there(name: str) -> None:
    file, _, test = name.partition("::")
    assert f"def {test}(" in (ROOT / file).read_text() if test else (ROOT / file).is_file()


def test_each_line_names_one() -> None:
    unnamed = [line for line in LINES if "`tests/" not in line]
    assert {line.split("|")[1].strip() for line in unnamed} == {"what could happen", "---"}
