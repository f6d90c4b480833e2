"""Tiles: a raw ASGI application ahead of Django, whose overhead per request would be half the time of a tile.

GET /tiles/<project>/<user>/<expiry>/<signature>/<micrograph key>/<level>/<column>_<row>.jpg
GET /tiles/<project>/<user>/<expiry>/<signature>/<micrograph key>/<look>/<level>/<column>_<row>.jpg
GET /tiles/<project>/<user>/<expiry>/<signature>/<micrograph key>/thumb.jpg
GET /tiles/<project>/<user>/<expiry>/<signature>/<micrograph key>/spectrum.jpg
GET /tiles/<project>/<user>/<expiry>/<signature>/crops/<side>/<packed places>.jpg
GET /tiles/<project>/<user>/<expiry>/<signature>/crops/<side>/smooth/<packed places>.jpg
GET /tiles/<project>/<user>/<expiry>/<signature>/<micrograph key>/scores/<training>/<network>.png
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from picking.server.metrics import REGISTRY, TILE_SECONDS
from picking.tiles import members, tokens
from picking.tiles.crops import render_sheet, unpack
from picking.tiles.kept import TileCaches
from picking.tiles.looks import LOOK
from picking.tiles.render import (
    NoSuchTile,
    is_remembered,
    render_spectrum,
    render_thumbnail,
    render_tile,
    score_map,
)

Application = Callable[[Any, Any, Any], Awaitable[None]]
"""An ASGI application: scope, receive, send."""
Headers = list[tuple[bytes, bytes]]

ADDRESS = re.compile(
    r"/tiles/(?P<signed>(?P<project>\d{1,18})/(?P<user>\d{1,18})/\d{1,12}/[\w-]{43})"
    r"/(?:(?:(?P<key>[0-9a-f-]{36})/(?:"
    rf"(?:(?P<look>{LOOK})/)?(?P<level>\d{{1,2}})/(?P<column>\d{{1,4}})_(?P<row>\d{{1,4}})|thumb|(?P<spectrum>spectrum))"
    r"|crops/(?P<side>\d{1,3})/(?:(?P<smooth>smooth)/)?(?P<places>[\w-]{1,4000}))\.jpg"
    r"|(?P<scored>[0-9a-f-]{36})/scores/(?P<training>\d{1,18})/(?P<network>particle|contamination)\.png)",
    re.ASCII,
)
ALLOWED = "/allowed"
NOTHING_ELSE = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
"""Of every answer: a browser takes it for a picture, or for text, and for no page."""
CACHE = [(b"content-type", b"image/jpeg"), (b"cache-control", b"private, max-age=31536000, immutable")]
PICTURE = [(b"content-type", b"image/png"), (b"cache-control", b"private, max-age=300")]  # changes when picked again
TEXT = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
KINDS = {"spectrum": "spectrum", "look": "look", "network": "scores", "side": "crops", "level": "tile"}
"""The group of an address that tells what it asks for -> its name among the metrics."""
encoders = ThreadPoolExecutor(2, thread_name_prefix="tiles")
lookers = ThreadPoolExecutor(2, thread_name_prefix="looks")  # of their own: a denoised view takes half a second
croppers = ThreadPoolExecutor(1, thread_name_prefix="crops")  # of their own: the canvas never waits for a gallery

REGISTRY.register(TileCaches())


def tiles_first(rest: Application) -> Application:
    """Answers requests for /tiles/… and /allowed/tiles/…, and passes on all others."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/tiles/"):
            status, headers, body = await _timed(scope["method"], scope["path"], scope["headers"])
            await _send(send, scope["method"], status, headers, body)
        elif scope["type"] == "http" and scope["path"].startswith(f"{ALLOWED}/tiles/"):
            await _send(send, scope["method"], *await allowed(scope["path"], scope["headers"]))
        else:
            await rest(scope, receive, send)

    return application


async def _send(send: Any, method: str, status: int, headers: Headers, body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *NOTHING_ELSE, length]})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})


async def _timed(method: str, path: str, asked_with: Headers) -> tuple[int, Headers, bytes]:
    """As `answer`, counted by what was asked for and what came of it."""
    begun, status = time.perf_counter(), 500
    try:
        status, headers, body = await answer(method, path, asked_with)
    finally:
        TILE_SECONDS.labels(kind_of(path), str(status)).observe(time.perf_counter() - begun)
    return status, headers, body


def kind_of(path: str) -> str:
    """What an address asks for: one of few words, whatever it is."""
    asked = ADDRESS.fullmatch(path)
    if asked is None:
        return "unknown"
    named = ("spectrum", "look", "network", "side", "level")
    return KINDS.get(next((name for name in named if asked[name] is not None), ""), "thumbnail")


async def answer(method: str, path: str, asked_with: Headers) -> tuple[int, Headers, bytes]:
    """Status, headers and body for one address; `asked_with` are the headers of the request."""
    asked = ADDRESS.fullmatch(path)
    if asked is None or method not in ("GET", "HEAD"):
        return 404, TEXT, b"There is no such tile."
    project, user = int(asked["project"]), int(asked["user"])
    if not tokens.holds(asked["signed"]) or not await members.may_see(project, user, asked_with):
        return 403, TEXT, b"This address has run out. Reload the project."
    try:
        if (deleted := await members.deleted_keys(project)) and not deleted.isdisjoint(_keys(asked)):
            raise NoSuchTile
        return 200, PICTURE if asked["network"] else CACHE, await _image(project, asked)
    except NoSuchTile:
        return 404, TEXT, b"There is no such tile."


async def allowed(path: str, asked_with: Headers) -> tuple[int, Headers, bytes]:
    """Whether `answer` would give the tile, without making it: 204 or 403. A cache asks this each time."""
    asked = ADDRESS.fullmatch(path.removeprefix(ALLOWED))
    if asked is None or not tokens.holds(asked["signed"]):
        return 403, TEXT, b""
    project = int(asked["project"])
    try:
        deleted = not (await members.deleted_keys(project)).isdisjoint(_keys(asked))
    except NoSuchTile:
        return 403, TEXT, b""
    may = await members.may_see(project, int(asked["user"]), asked_with)
    return 204 if may and not deleted else 403, TEXT, b""


def _keys(asked: re.Match[str]) -> set[str]:
    """Of the micrographs that an address asks for. Raises NoSuchTile."""
    if asked["places"] is not None:
        return {crop.key for crop in unpack(asked["places"])}
    return {asked["key"] or asked["scored"]}


async def _image(project: int, asked: re.Match[str]) -> bytes:
    run = asyncio.get_running_loop().run_in_executor
    if asked["side"] is not None:
        smooth = asked["smooth"] is not None
        return await run(croppers, render_sheet, project, int(asked["side"]), asked["places"], smooth)
    if asked["network"] is not None:
        return await run(croppers, score_map, project, asked["scored"], int(asked["training"]), asked["network"])
    if asked["spectrum"] is not None:
        return await run(croppers, render_spectrum, project, asked["key"])
    if asked["level"] is None:
        return await run(encoders, render_thumbnail, project, asked["key"])
    level, column, row = int(asked["level"]), int(asked["column"]), int(asked["row"])
    tile = project, asked["key"], level, column, row, asked["look"] or ""
    if is_remembered(*tile):  # a thread has to wait for its turn, in a busy process for longer than all the rest takes
        return render_tile(*tile)
    return await run(lookers if asked["look"] else encoders, render_tile, *tile)
