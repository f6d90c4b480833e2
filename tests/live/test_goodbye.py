"""What a page is told that is sent away."""

import json
from pathlib import Path

from picking.live import goodbye
from picking.live.goodbye import Goodbye

CASES = Path(__file__).resolve().parent.parent / "data" / "goodbyes.json"


def test_the_page_knows_every_offer() -> None:
    """The page's side of the same list is held by frontend/tests/live/message.test.ts."""
    goodbyes = [each for each in vars(goodbye).values() if isinstance(each, Goodbye)]
    assert sorted({each.offer for each in goodbyes}) == json.loads(CASES.read_text())
