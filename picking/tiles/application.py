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
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from picking.tiles import members, tokens
from picking.tiles.crops import render_sheet, unpack
from picking.tiles.looks import LOOK
from picking.tiles.render import NoSuchTile, render_spectrum, render_thumbnail, render_tile, score_map

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
NOTHING_ELSE = [(b"x-content-type-options", b"nosniff"), (b"content-security-policy", b"default-src 'none'")]
"""Of every answer: a browser takes it for a picture, or for text, and for no page."""
CACHE = [(b"content-type", b"image/jpeg"), (b"cache-control", b"private, max-age=31536000, immutable")]
PICTURE = [(b"content-type", b"image/png"), (b"cache-control", b"private, max-age=300")]  # changes when picked again
TEXT = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
encoders = ThreadPoolExecutor(2, thread_name_prefix="tiles")
lookers = ThreadPoolExecutor(2, thread_name_prefix="looks")  # of their own: a denoised view takes half a second
croppers = ThreadPoolExecutor(1, thread_name_prefix="crops")  # of their own: the canvas never waits for a gallery


def tiles_first(rest: Application) -> Application:
    """Answers requests for /tiles/… and passes on all others."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/tiles/"):
            status, headers, body = await answer(scope["method"], scope["path"], scope["headers"])
            length = (b"content-length", str(len(body)).encode())
            await send({"type": "http.response.start", "status": status, "headers": [*headers, *NOTHING_ELSE, length]})
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
        else:
            await rest(scope, receive, send)

    return application


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
    pool = lookers if asked["look"] else encoders
    place = (int(asked["level"]), int(asked["column"]), int(asked["row"]))
    return await run(pool, render_tile, project, asked["key"], *place, asked["look"] or "")
