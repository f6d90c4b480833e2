"""What programs write into a TIFF besides its pixels: how many images one directory stands for, and the pixel size."""

import json
import math
import re
import unicodedata

import tifffile
from tifffile import RESUNIT

from picking.science.imaging.micrograph import plausible_pixel_size

_RESOLUTION_UNITS = {
    RESUNIT.INCH: 2.54e8,
    RESUNIT.CENTIMETER: 1e8,
    RESUNIT.MILLIMETER: 1e7,
    RESUNIT.MICROMETER: 1e4,
}
_IMAGEJ_UNITS = {
    "å": 1.0,
    "a": 1.0,
    "ang": 1.0,
    "angstrom": 1.0,
    "ångström": 1.0,
    "pm": 0.01,
    "picometer": 0.01,
    "nm": 10.0,
    "nanometer": 10.0,
    "μm": 1e4,
    "um": 1e4,
    "micron": 1e4,
    "micrometer": 1e4,
    "mm": 1e7,
    "millimeter": 1e7,
    "cm": 1e8,
    "centimeter": 1e8,
    "inch": 2.54e8,
}
"""Ångström in each; people type what they like into ImageJ's Image > Properties."""


def images_in(page: tifffile.TiffPage) -> int:
    """How many images one directory stands for, according to the program that wrote it. Their own readers do the same.

    ImageJ writes large stacks so, MetaMorph (STK) all of them, and `tifffile` arrays that are not to have one each.
    """
    if page.imagedepth > 1:
        return page.imagedepth
    if page.is_stk:
        return max(1, page.tags["UIC2tag"].count)
    if page.is_imagej:
        return _number(_imagej(page).get("images"))
    shape = _shape(page)
    return math.prod(shape[: -page.ndim]) if shape[-page.ndim :] == page.shape else 1


def pixel_size(page: tifffile.TiffPage) -> float | None:
    """Ångström, from the resolution, in the unit named by ImageJ's description, or else by the unit tag."""
    unit = _imagej_unit(page) or _RESOLUTION_UNITS.get(page.tags.valueof("ResolutionUnit"))
    resolution = page.tags.valueof("XResolution")
    if unit is None or not isinstance(resolution, tuple) or not all(resolution):
        return None
    return plausible_pixel_size(unit * resolution[1] / resolution[0])


def _imagej_unit(page: tifffile.TiffPage) -> float | None:
    r"""Ångström. ImageJ writes a letter beyond ASCII as \u and four digits."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), _imagej(page).get("unit", ""))
    name = unicodedata.normalize("NFKC", text).casefold().strip()
    return _IMAGEJ_UNITS.get(name) or _IMAGEJ_UNITS.get(name.removesuffix("s").replace("metre", "meter"))


def _imagej(page: tifffile.TiffPage) -> dict[str, str]:
    """The lines `key=value` of ImageJ's description; empty without one."""
    lines = (page.imagej_description or "").splitlines()
    return {key.strip(): value.strip() for key, found, value in (line.partition("=") for line in lines) if found}


def _shape(page: tifffile.TiffPage) -> tuple[int, ...]:
    """That of the whole array, in the description that `tifffile` writes (JSON); empty without one."""
    try:
        return tuple(json.loads(page.shaped_description or "")["shape"])
    except (ValueError, TypeError, KeyError):
        return ()


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 1
