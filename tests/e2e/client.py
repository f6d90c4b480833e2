"""A signed-in person who uses the HTTP API, as a script would."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import APIRequestContext, APIResponse, Playwright

from picking.files import fingerprint
from tests.e2e.server import PASSWORD

CHUNK = 8 * 1024**2


class ApiPerson:
    """One person's session."""

    def __init__(self, playwright: Playwright, address: str, name: str) -> None:
        self.http: APIRequestContext = playwright.request.new_context(base_url=address)
        sign_in(self.http, name)

    def get(self, path: str) -> Any:
        return self._json(self.http.get(path))

    def post(self, path: str, data: object) -> Any:
        return self._json(self.http.post(path, data=data, headers=self._headers()))

    def patch(self, path: str, data: object) -> Any:
        return self._json(self.http.patch(path, data=data, headers=self._headers()))

    def export(self, project: int, key: str, file: str) -> bytes:
        """The content of one file in an export of all final picks."""
        made = self.post(f"/api/v1/projects/{project}/exports", {"format": key})
        while made["status"] in ("queued", "running"):
            time.sleep(0.1)
            made = self.get(f"/api/v1/exports/{made['id']}")
        assert made["status"] == "finished", made["job"]["error"]
        answer = self.http.get(f"/api/v1/exports/{made['id']}/file")
        assert answer.ok, answer.text()
        return zipfile.ZipFile(io.BytesIO(answer.body())).read(file)

    def create_project(self, name: str, diameter: float, pixel_size: float | None = None) -> int:
        wanted = {"name": name, "particle_diameter": diameter, "pixel_size": pixel_size}
        project: int = self.post("/api/v1/projects", wanted)["id"]
        return project

    def upload(self, project: int, file: Path) -> None:
        """Sends a file in chunks, as the page does."""
        content = file.read_bytes()
        started = self.post(
            f"/api/v1/projects/{project}/uploads",
            {"name": file.name, "size": len(content), "fingerprint": fingerprint(file)},
        )
        for offset in range(0, len(content), CHUNK):
            headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            answer = self.http.patch(
                f"/api/v1/uploads/{started['id']}",
                data=content[offset : offset + CHUNK],
                headers={**headers, **self._headers()},
            )
            assert answer.ok, answer.text()

    def label(self, project: int, places: list[tuple[int, str, float, float]]) -> Any:
        """Puts labels: (micrograph, kind, x, y)."""
        operations = [
            {"operation": str(uuid4()), "type": "label.put", "id": str(uuid4())}
            | {"micrograph": micrograph, "kind": kind, "x": x, "y": y}
            for micrograph, kind, x, y in places
        ]
        return self.post(f"/api/v1/projects/{project}/operations", {"operations": operations})

    def snapshot(self, project: int) -> Any:
        """With marks as rows of their names, which travel as columns."""
        snapshot = self.get(f"/api/v1/projects/{project}/snapshot")
        return snapshot | {kind: rows_of(snapshot[kind]) for kind in ("labels", "regions", "verdicts")}

    def wait(self, project: int, ready: Callable[[Any], bool], seconds: float = 300) -> Any:
        """The first snapshot that is `ready`; fails when the time is over."""
        until = time.monotonic() + seconds
        while True:
            snapshot = self.snapshot(project)
            failed = [job["error"] for job in snapshot["jobs"] if job["status"] == "failed"]
            assert not failed, failed
            if ready(snapshot):
                return snapshot
            assert time.monotonic() < until, snapshot["jobs"]
            time.sleep(0.3)

    def _headers(self) -> dict[str, str]:
        return {"X-CSRFToken": csrf(self.http)}

    @staticmethod
    def _json(answer: APIResponse) -> Any:
        assert answer.ok, answer.text()
        return answer.json()


def sign_in(http: APIRequestContext, name: str) -> None:
    """By the form that people fill in."""
    http.get("/signin")
    form: dict[str, str | float | bool] = {"username": name, "password": PASSWORD, "csrfmiddlewaretoken": csrf(http)}
    assert http.post("/signin", form=form).ok
    assert http.get("/api/v1/me").ok


def csrf(http: APIRequestContext) -> str:
    cookies = http.storage_state()["cookies"]
    return next(cookie["value"] for cookie in cookies if cookie["name"] == "csrftoken")


def rows_of(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def all_picked(snapshot: Any) -> bool:
    """Whether every micrograph has picks of the current training."""
    current = snapshot["project"]["current_training"]
    return current is not None and all(
        micrograph["picks"] and training_of(snapshot, micrograph) == current for micrograph in snapshot["micrographs"]
    )


def training_of(snapshot: Any, micrograph: Any) -> int | None:
    """The training whose picks a micrograph has; None for the first guess."""
    sources: dict[int, int | None] = {source["id"]: source["training"] for source in snapshot["sources"]}
    return sources[micrograph["picks"]["source"]]
