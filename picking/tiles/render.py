"""A tile: 512 × 512 pixels cut from the pyramid and encoded as JPEG."""

import io
import json
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from picking import storage
from picking.science.imaging.pyramid import level_shapes, open_level

TILE = 512
QUALITY = 85  # 417 tiles a second and core; artefacts stay below the noise of a micrograph
REMEMBERED_TILES = 2000  # about 60 kB each


class NoSuchTile(Exception):
    """The micrograph, the level or the place does not exist."""


@lru_cache(maxsize=REMEMBERED_TILES)
def render_tile(project_id: int, key: str, level: int, column: int, row: int) -> bytes:
    """JPEG of the tile at (column, row) of a level; those at the right and lower edge are smaller.

    Level 0 is full resolution. Raises NoSuchTile.
    """
    shapes = level_shapes(*micrograph_size(project_id, key))
    if level >= len(shapes):
        raise NoSuchTile
    ny, nx = shapes[level]
    y, x = row * TILE, column * TILE
    if y >= ny or x >= nx:
        raise NoSuchTile
    pixels = micrograph_level(project_id, key, level)
    return jpeg(Image.fromarray(pixels[y : y + TILE, x : x + TILE]))


def render_thumbnail(project_id: int, key: str) -> bytes:
    """JPEG of the coarsest level, whole. Raises NoSuchTile."""
    coarsest = len(level_shapes(*micrograph_size(project_id, key))) - 1
    return render_tile(project_id, key, coarsest, 0, 0)


def score_map(project_id: int, key: str, training_id: int, network: str) -> bytes:
    """PNG of a network's scores, as the picking left it. Raises NoSuchTile."""
    try:
        return storage.score_map_path(project_id, key, training_id, network).read_bytes()
    except FileNotFoundError:
        raise NoSuchTile from None


@lru_cache(maxsize=10_000)
def micrograph_size(project_id: int, key: str) -> tuple[int, int]:
    """(width, height) as the import wrote it beside the pyramid. Raises NoSuchTile."""
    try:
        size = json.loads(storage.size_path(project_id, key).read_text())
    except FileNotFoundError:
        raise NoSuchTile from None
    return size["width"], size["height"]


def micrograph_level(project_id: int, key: str, level: int) -> NDArray[np.uint8]:
    """One level of the pyramid, (ny, nx). Raises NoSuchTile."""
    width, height = micrograph_size(project_id, key)
    try:
        return open_level(storage.pyramid_path(project_id, key), width, height, level)
    except FileNotFoundError:  # removed since its size was read
        raise NoSuchTile from None


def jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()
