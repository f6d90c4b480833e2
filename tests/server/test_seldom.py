"""What is done now and then only."""

from picking.server.seldom import Seldom


def test_a_thing_is_due_once_in_the_time_and_others_are_too() -> None:
    noting = Seldom(60)
    assert [noting.is_due(each) for each in ("a", "a", "b")] == [True, False, True]


def test_it_is_due_again_once_the_time_is_over() -> None:
    noting = Seldom(0)
    assert [noting.is_due("a"), noting.is_due("a")] == [True, True]
