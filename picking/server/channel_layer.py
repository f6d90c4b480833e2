"""Channels' layer over Redis, through which threads can tell a group too.

Channels' layers are for event loops alone. `async_to_sync` brings a thread's message to one: in a web process it waits
for its turn among all else that the loop does, and in a worker a thread, a loop and a connection to Redis are made for
each message.
"""

from typing import Any

import redis
from channels_redis.pubsub import RedisPubSubChannelLayer
from redis.backoff import NoBackoff
from redis.retry import Retry

WITHIN_SECONDS = 2
"""Redis takes a message, or is not there: people wait for the answer to their change meanwhile."""


class RedisLayer(RedisPubSubChannelLayer):  # type: ignore[misc]  # Channels tells no types
    """Of one Redis server. What threads publish goes over connections that are kept."""

    def __init__(self, hosts: list[str], prefix: str) -> None:
        super().__init__(hosts=hosts, prefix=prefix)
        self._prefix = prefix
        self._redis = redis.Redis.from_url(
            hosts[0],
            socket_timeout=WITHIN_SECONDS,
            socket_connect_timeout=WITHIN_SECONDS,
            retry=Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
        )
        """Tries again once, at once: a connection that was kept may be from before Redis was started again."""

    def publish(self, group: str, message: dict[str, Any]) -> None:
        """As `group_send`, from a thread without an event loop. Raises redis.RedisError where Redis is not there."""
        self._redis.publish(f"{self._prefix}__group__{group}", self.serialize(message))
