"""The token bucket."""

import pytest

from picking.live.bucket import Bucket


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("picking.live.bucket.time.monotonic", lambda: now[0])
    return now


def test_what_comes_at_once_is_taken_until_the_bucket_is_empty(clock: list[float]) -> None:
    bucket = Bucket(rate=2, most=3)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_tokens_come_back_with_time_and_no_more_than_it_holds(clock: list[float]) -> None:
    bucket = Bucket(rate=2, most=3)
    for _ in range(3):
        bucket.take()
    clock[0] += 0.5
    assert [bucket.take(), bucket.take()] == [True, False]
    clock[0] += 3600
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
