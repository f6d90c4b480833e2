"""What each role may do."""

import pytest

from picking.models import Right, Role


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.OWNER, {*Right}),
        (Role.MANAGER, {Right.VIEW, Right.ANNOTATE, Right.MANAGE}),
        (Role.ANNOTATOR, {Right.VIEW, Right.ANNOTATE}),
        (Role.VIEWER, {Right.VIEW}),
    ],
)
def test_a_role_has_its_rights_and_no_others(role: Role, rights: set[Right]) -> None:
    assert {right for right in Right if role.may(right)} == rights


def test_who_lacks_a_right_is_told_of_the_humblest_role_that_has_it() -> None:
    assert [Role.least(right) for right in Right] == [Role.VIEWER, Role.ANNOTATOR, Role.MANAGER, Role.OWNER]
