"""Does together what is asked for within a short time."""

import asyncio
from collections.abc import Awaitable, Callable


class Soon:
    """Runs `work` a moment after the first call; what is called while it runs has it run again."""

    def __init__(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        self._seconds, self._work = seconds, work
        self._task: asyncio.Task[None] | None = None
        self._waiting = False

    def __call__(self) -> None:
        if not self._waiting:
            self._waiting = True
            self._task = asyncio.create_task(self._run())

    def cancel(self) -> None:
        if self._task:
            self._task.cancel()

    async def _run(self) -> None:
        await asyncio.sleep(self._seconds)
        self._waiting = False
        await self._work()
