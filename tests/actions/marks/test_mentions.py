"""@names in a text."""

import pytest

from picking.actions.marks.mentions import names_in

PEOPLE = {"anna": 1, "anna.b": 2, "Jo@site.org": 3}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@anna look", {1: "anna"}),
        ("(@anna)", {1: "anna"}),
        ("Is this ice, @anna? @anna!", {1: "anna"}),
        ("Ask @anna.b or @anna.", {2: "anna.b", 1: "anna"}),
        ("@ANNA", {1: "ANNA"}),
        ("@jo@site.org...", {3: "jo@site.org"}),
        ("@berta is nobody here", {}),
        ("write to me@anna", {}),
        ("@", {}),
        ("@...", {}),
    ],
)
def test_a_name_is_a_members_after_an_at_sign_and_all_else_is_text(text: str, named: dict[int, str]) -> None:
    assert names_in(text, PEOPLE) == named
