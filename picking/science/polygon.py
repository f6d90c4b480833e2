"""Polygons of people's regions: cut to the micrograph that they lie on, and what lies in them."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from picking.science.picks import Points, as_points

LEAST_AREA = 1e-3
"""Square pixels. A smaller area holds no pick and teaches nothing."""


def clipped(polygon: Points, width: int, height: int) -> Points:
    """(m, 2): the part of a polygon (n, 2) on an image of `width` × `height` pixels, by the even-odd rule.

    One that lies on the image comes back as it is; an empty one where nothing of it does, or where it covers nothing.
    Each side of the image is cut along in turn (Sutherland & Hodgman 1974): pieces stay joined by lines along the
    border, which cover nothing. The image ends half a pixel beyond the outer pixels' centres.
    """
    if len(polygon) < 3 or not np.isfinite(polygon).all():
        return as_points([])
    corners = polygon
    for axis, end in ((0, width - 0.5), (1, height - 0.5)):
        corners = _cut(corners, axis, -0.5, 1.0)
        corners = _cut(corners, axis, end, -1.0)
    return corners if len(corners) > 2 and _area(corners) > LEAST_AREA else as_points([])


def inside(points: Points, polygon: Points) -> NDArray[np.bool_]:
    """(n,): which points (n, 2) lie in the polygon (m, 2), by the even-odd rule."""
    x, y = points[:, 0], points[:, 1]
    odd = np.zeros(len(points), bool)
    for (x1, y1), (x2, y2) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        crosses = (y1 > y) != (y2 > y)
        if y1 != y2:
            odd ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return odd


def _cut(corners: Points, axis: int, at: float, side: float) -> Points:
    """The part where `side` (1 or -1) times the coordinate is at least `side` times `at`."""
    there = side * corners[:, axis] >= side * at
    if there.all():
        return corners
    left = []
    for number, corner in enumerate(corners):
        if there[number - 1] != there[number]:
            left.append(_crossing(corners[number - 1], corner, there[number], axis, at))
        if there[number]:
            left.append(corner)
    return as_points(left)


def _crossing(a: Points, b: Points, b_is_there: bool, axis: int, at: float) -> Points:
    """Where the edge crosses. From the corner that stays, and halved: 1e308 - -1e308 would be infinite."""
    start, end = (b, a) if b_is_there else (a, b)
    part = (at / 2 - start[axis] / 2) / (end[axis] / 2 - start[axis] / 2)
    crossing: Points = start * (1 - part) + end * part
    crossing[axis] = at
    return crossing


def _area(corners: Points) -> float:
    """Area in square pixels by the even-odd rule, approximate where edges cross: enough to tell some from none."""
    x, y = corners[:, 0], corners[:, 1]
    signed = abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2
    return signed if signed > LEAST_AREA else _area_in_strips(corners)


def _area_in_strips(corners: Points) -> float:
    """Area of a polygon whose loops cancel, as in a figure of eight: in strips between the heights of its corners."""
    heights = np.unique(corners[:, 1])
    (x1, y1), (x2, y2) = corners.T, np.roll(corners, -1, axis=0).T
    area = 0.0
    for low, high in pairwise(heights.tolist()):
        y = low + 0.382 * (high - low)  # off the middle, where the lines of a figure of eight cross
        crosses = (y1 > y) != (y2 > y)
        part = (y - y1[crosses]) / (y2 - y1)[crosses]
        at = np.sort(x1[crosses] + part * (x2 - x1)[crosses])
        area += float((high - low) * (at[1::2] - at[::2]).sum())
    return area
