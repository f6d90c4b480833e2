"""Somebody who places labels over a socket, without end, and remembers which the server said it has."""

import json
import random
import threading
import time
from typing import Any
from uuid import uuid4

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

ANSWERED_WITHIN_SECONDS = 10.0


class Labeller(threading.Thread):
    """Like a page: what was not acknowledged is sent again, with the same ids, on the next connection."""

    def __init__(self, address: str, session: str, project: int, micrographs: list[int], pause: float) -> None:
        super().__init__(daemon=True)
        self._url = f"{address.replace('http', 'ws')}/ws/projects/{project}"
        self._headers = {"Cookie": f"sessionid={session}", "Origin": address}
        self._micrographs, self._pause = micrographs, pause
        self._waiting: dict[str, Any] | None = None
        self._sequence, self._stopping = 0, threading.Event()
        self.acknowledged: dict[str, str] = {}
        """Operation -> label."""
        self.last_acknowledged = time.monotonic()
        self.wrong: list[str] = []

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                with connect(
                    f"{self._url}?after={self._sequence}",
                    additional_headers=self._headers,
                    max_size=None,
                    open_timeout=ANSWERED_WITHIN_SECONDS,
                ) as socket:
                    while not self._stopping.is_set():
                        self._place(socket)
                        time.sleep(self._pause)
            except (OSError, WebSocketException, TimeoutError):
                time.sleep(0.2)

    def stop(self) -> None:
        """Leaves what is not acknowledged: it may be stored, or not."""
        self._stopping.set()
        self.join(30)

    @property
    def unanswered(self) -> str | None:
        return self._waiting["id"] if self._waiting else None

    def _place(self, socket: ClientConnection) -> None:
        put = self._waiting or {
            "type": "label.put",
            "operation": str(uuid4()),
            "id": str(uuid4()),
            "micrograph": random.choice(self._micrographs),
            "kind": random.choice(["particle", "background"]),
            "x": round(random.uniform(0, 511), 1),
            "y": round(random.uniform(0, 511), 1),
        }
        self._waiting = put
        socket.send(json.dumps({"type": "operations", "request": 1, "operations": [put]}))
        until = time.monotonic() + ANSWERED_WITHIN_SECONDS
        while True:
            message = json.loads(socket.recv(timeout=max(0.0, until - time.monotonic())))
            kind = message["type"]
            if kind == "events":
                self._sequence = message["last"]
            elif kind == "bye":
                self.wrong.append(f"the server ended a connection: {message}")
                self._sequence = 0
                return
            elif kind == "failed":
                time.sleep(0.3)  # it says that it is tried again
                return
            elif kind == "applied":
                self._note(put, message["applied"]["results"][0])
                return

    def _note(self, put: dict[str, Any], result: dict[str, Any]) -> None:
        if result["status"] not in ("applied", "repeated"):
            self.wrong.append(f"a label was not taken: {result}")
        self.acknowledged[put["operation"]] = put["id"]
        self.last_acknowledged = time.monotonic()
        self._waiting = None
