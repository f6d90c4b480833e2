"""Fixtures of the sockets' tests."""

import asyncio
from typing import Any

import pytest

from picking.live import presence
from picking.live.exchange import Exchange
from picking.live.feed import feeds


@pytest.fixture(autouse=True)
def opening(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that somebody waited for, and what listens, belong to one event loop, and each test has its own."""
    monkeypatch.setattr(feeds, "_opening", asyncio.Lock())
    monkeypatch.setattr(feeds, "_exchange", Exchange(feeds._seen_elsewhere))


@pytest.fixture
def telling_often(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Processes say that they are here all the time, and no relay looks for news."""
    monkeypatch.setattr(presence, "TELL_EVERY_SECONDS", 0.01)
    settings.CHANNEL_LAYER_SPANS_PROCESSES = True
