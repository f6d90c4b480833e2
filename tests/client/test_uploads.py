"""Sending files: what is sent, under which name, and what happens when it breaks off."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from cryoweb_client import CryoWebError, NotReached
from cryoweb_client.connection import Connection
from cryoweb_client.uploads import BREAKS, fingerprint, micrographs_in, send_files
from picking import files

FINGERPRINTS = Path(__file__).parent.parent / "data" / "fingerprints.json"


class Store:
    """A server that keeps what arrives, and is cut off before each chunk that `cut` numbers."""

    def __init__(self, cut: tuple[int, ...] = ()) -> None:
        self.kept: dict[str, bytes] = {}
        self.chunks = 0
        self.cut = cut

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            name = json.loads(request.content)["name"]
            if name == "there.mrc":
                return httpx.Response(400, json={"detail": "there.mrc: this file is already in the project."})
            return httpx.Response(201, json={"id": name, "received": len(self.kept.setdefault(name, b""))})
        self.chunks += 1
        if self.chunks in self.cut:
            raise httpx.ReadError("cut")
        name = request.url.path.rpartition("/")[2]
        assert int(request.headers["Upload-Offset"]) == len(self.kept[name])
        self.kept[name] += request.content
        return httpx.Response(200, json={"received": len(self.kept[name])})

    @property
    def connection(self) -> Connection:
        return Connection("http://here", "secret", httpx.MockTransport(self.answer))


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cryoweb_client.uploads.CHUNK", 10)


def test_fingerprints_are_those_of_the_server(tmp_path: Path) -> None:
    cases: list[dict[str, Any]] = json.loads(FINGERPRINTS.read_text())["cases"]
    for case in cases:
        size, seed = case["size"], case["seed"]
        file = tmp_path / "file"
        file.write_bytes(bytes((31 * i * i + 7 * i + seed + i // 256) % 251 for i in range(size)))
        assert fingerprint(file) == case["fingerprint"] == files.fingerprint(file)


def test_what_broke_off_goes_on_where_it_stopped(tmp_path: Path) -> None:
    file = tmp_path / "a.mrc"
    file.write_bytes(bytes(range(35)))
    store = Store(cut=(2, 4))
    assert send_files(store.connection, 1, [file]).sent == [file]
    assert store.kept == {"a.mrc": bytes(range(35))}
    assert store.chunks == 6


def test_a_connection_that_never_holds_is_given_up(tmp_path: Path) -> None:
    file = tmp_path / "a.mrc"
    file.write_bytes(b"x")
    store = Store(cut=tuple(range(100)))
    with pytest.raises(NotReached):
        send_files(store.connection, 1, [file])
    assert store.chunks == BREAKS + 1


def test_what_is_there_already_is_skipped_in_the_servers_words_and_the_rest_is_sent(tmp_path: Path) -> None:
    for name in ("there.mrc", "z.mrc"):
        (tmp_path / name).write_bytes(b"x")
    sent, skipped = send_files(Store().connection, 1, [tmp_path])
    assert sent == [tmp_path / "z.mrc"]
    assert skipped == {tmp_path / "there.mrc": "there.mrc: this file is already in the project."}


def test_of_a_folder_the_micrographs_are_taken_and_keep_their_folders(tmp_path: Path) -> None:
    grid = tmp_path / "session" / "gridA"
    grid.mkdir(parents=True)
    for name in ("a.mrc", "b.MRC.gz", "._a.mrc", "notes.txt"):
        (grid / name).write_bytes(b"x")
    found = micrographs_in([tmp_path / "session"])
    assert found == [(grid / "a.mrc", "session/gridA"), (grid / "b.MRC.gz", "session/gridA")]


def test_a_path_that_is_not_there_and_a_folder_without_micrographs_are_said(tmp_path: Path) -> None:
    with pytest.raises(CryoWebError, match="gone does not exist"):
        micrographs_in([tmp_path / "gone"])
    with pytest.raises(CryoWebError, match=r"no micrographs in .*none ends in \.mrc"):
        micrographs_in([tmp_path])
