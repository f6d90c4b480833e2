"""A tile: 512 × 512 pixels cut from the pyramid and encoded as JPEG."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock

import imagecodecs
import numpy as np
from cachetools import LRUCache, cached
from numpy.typing import NDArray

from picking import storage
from picking.science.imaging.pyramid import Pyramid, level_shapes
from picking.tiles.looks import NonsenseLook, look_tile, spectrum

TILE = 512
QUALITY = 85  # 417 tiles a second and core; artefacts stay below the noise of a micrograph
REMEMBERED_TILES = 2000  # about 60 kB each
REMEMBERED_SPECTRA = 200


class NoSuchTile(Exception):
    """The micrograph, the level, the place or the look does not exist."""


@cached(LRUCache(REMEMBERED_TILES), lock=Lock(), info=True)
def render_tile(project_id: int, key: str, level: int, column: int, row: int, look: str) -> bytes:
    """JPEG of the tile at (column, row) of a level; those at the right and lower edge are smaller.

    Level 0 is full resolution; `look` is empty or as `looks` describes. Raises NoSuchTile.
    """
    pyramid = micrograph_pyramid(project_id, key)
    if level >= len(pyramid.shapes):
        raise NoSuchTile
    ny, nx = pyramid.shapes[level]
    y, x = row * TILE, column * TILE
    if y >= ny or x >= nx:
        raise NoSuchTile
    if look:
        try:
            with _gone_is_no_tile():
                pixels = look_tile(pyramid, look, level, (x, y, min(x + TILE, nx), min(y + TILE, ny)))
        except NonsenseLook:
            raise NoSuchTile from None
    else:
        pixels = micrograph_level(project_id, key, level)[y : y + TILE, x : x + TILE]
    return jpeg(pixels)


def is_remembered(project_id: int, key: str, level: int, column: int, row: int, look: str) -> bool:
    """Whether `render_tile` has this one at hand, so that it takes no time."""
    return render_tile.cache_key(project_id, key, level, column, row, look) in render_tile.cache


def render_thumbnail(project_id: int, key: str) -> bytes:
    """JPEG of the coarsest level, whole. Raises NoSuchTile."""
    coarsest = len(level_shapes(*micrograph_size(project_id, key))) - 1
    return render_tile(project_id, key, coarsest, 0, 0, "")


def score_map(project_id: int, key: str, training_id: int, network: str) -> bytes:
    """PNG of a network's scores, as picking stored it. Raises NoSuchTile."""
    with _gone_is_no_tile():
        return storage.score_map_path(project_id, key, training_id, network).read_bytes()


@lru_cache(maxsize=REMEMBERED_SPECTRA)
def render_spectrum(project_id: int, key: str) -> bytes:
    """JPEG of the micrograph's power spectrum. Raises NoSuchTile."""
    with _gone_is_no_tile():
        return jpeg(spectrum(micrograph_pyramid(project_id, key)))


@lru_cache(maxsize=10_000)
def micrograph_size(project_id: int, key: str) -> tuple[int, int]:
    """(width, height) as the import wrote it beside the pyramid. Raises NoSuchTile."""
    try:
        size = json.loads(storage.size_path(project_id, key).read_text())
    except FileNotFoundError:
        raise NoSuchTile from None
    return size["width"], size["height"]


def micrograph_pyramid(project_id: int, key: str) -> Pyramid:
    """Raises NoSuchTile."""
    return Pyramid(storage.pyramid_path(project_id, key), *micrograph_size(project_id, key))


def micrograph_level(project_id: int, key: str, level: int) -> NDArray[np.uint8]:
    """One level of the pyramid, (ny, nx). Raises NoSuchTile."""
    with _gone_is_no_tile():
        return micrograph_pyramid(project_id, key).level(level)


@contextmanager
def _gone_is_no_tile() -> Iterator[None]:
    """A file may have been deleted by the time it is read."""
    try:
        yield
    except FileNotFoundError:
        raise NoSuchTile from None


def jpeg(greys: NDArray[np.uint8]) -> bytes:
    """A picture (ny, nx) as JPEG: byte by byte what Pillow writes, but while it is encoded other threads go on."""
    return bytes(imagecodecs.jpeg8_encode(greys, level=QUALITY))
