import threading
from collections.abc import Iterator

import pytest
import torch

from picking.science.nets.picking.overlap import READERS, at_once, overlapped

CPU, CUDA = torch.device("cpu"), torch.device("cuda")


def test_answers_come_in_the_order_of_the_items_whichever_is_ready_first() -> None:
    second_done = threading.Event()

    def work(item: int) -> int:
        if item == 1:
            assert second_done.wait(10)
        second_done.set()
        return 10 * item

    assert [(item, answer.result()) for item, answer in overlapped(work, [1, 2, 3], 2)] == [(1, 10), (2, 20), (3, 30)]


def test_two_items_are_worked_on_at_the_same_time() -> None:
    both = threading.Barrier(2)
    answers = [answer.result() for _, answer in overlapped(lambda _: both.wait(10), range(2), 2)]
    assert sorted(answers) == [0, 1]


def test_an_item_is_drawn_only_when_a_thread_is_free_for_it() -> None:
    """So that a micrograph which somebody opens meanwhile is the next to be picked."""
    drawn = []

    def items() -> Iterator[int]:
        for item in range(6):
            drawn.append(item)
            yield item

    ahead = []
    for item, answer in overlapped(lambda item: item, items(), 2):
        answer.result()
        ahead.append(len(drawn) - item)
    assert max(ahead) == 2


def test_an_item_that_fails_stops_no_other() -> None:
    answers = [answer for _, answer in overlapped(lambda item: 1 // item, [0, 1], 2)]
    with pytest.raises(ZeroDivisionError):
        answers[0].result()
    assert answers[1].result() == 1


def test_whoever_stops_asking_stops_the_work() -> None:
    done: list[int] = []
    for _ in overlapped(done.append, range(100), 2):
        break
    assert len(done) <= 3


def test_threads_of_torch_are_shared_out_and_given_back() -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(4)
    try:
        inside = [answer.result() for _, answer in overlapped(lambda _: torch.get_num_threads(), range(3), 2)]
        assert inside == [2, 2, 2]
        assert torch.get_num_threads() == 4
        seen = []
        later = threading.Thread(target=lambda: seen.append(torch.get_num_threads()))
        later.start()
        later.join()
        assert seen == [4]
    finally:
        torch.set_num_threads(before)


def test_large_micrographs_are_worked_on_one_by_one_and_never_more_than_there_are_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("torch.get_num_threads", lambda: 2)
    monkeypatch.setattr("os.cpu_count", lambda: 64)
    assert [at_once(CPU, side**2) for side in (512, 4096, 8192, 20000)] == [2, 2, 1, 1]
    assert [at_once(CUDA, side**2) for side in (512, 4096, 8192, 20000)] == [READERS, 4, 1, 1]
