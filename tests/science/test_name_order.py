import json
from pathlib import Path

import pytest

from picking.science.name_order import name_order

CASES = json.loads((Path(__file__).parent.parent / "data" / "name_order.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_names_stand_in_the_order_in_which_people_look_for_them(case: dict[str, list[str]]) -> None:
    ordered = case["ordered"]
    turned = ordered[::-1]
    assert sorted(turned, key=name_order) == ordered
