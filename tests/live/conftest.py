"""Fixtures of the sockets' tests."""

from typing import Any

import pytest

from picking.live import presence


@pytest.fixture
def telling_often(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Processes say that they are here all the time, and no relay looks for news."""
    monkeypatch.setattr(presence, "TELL_EVERY_SECONDS", 0.01)
    settings.CHANNEL_LAYER_SPANS_PROCESSES = True
