"""The order in which people look for names: mic_2 before mic_10."""

import re
from functools import lru_cache

NUMBER = re.compile("[0-9]+")


@lru_cache(maxsize=30_000)  # a project's names are sorted each time that it is opened
def name_order(name: str) -> tuple[bytes, bytes]:
    """What to sort a name by: numbers by their value, letters in either case; names so alike, as they are written.

    The page sorts by the same rule (model/micrographs/name-order.ts), in UTF-16 as JavaScript compares; both are held
    to tests/data/name_order.json.
    """
    return _utf16(NUMBER.sub(_counted, name.lower())), _utf16(name)


def _counted(number: re.Match[str]) -> str:
    """A number after how many digits it has: then more digits come later. Names have fewer than 1000."""
    digits = number[0].lstrip("0")
    return f"{len(digits):03}{digits}"


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")
