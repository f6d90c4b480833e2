"""What the peers are given: micrographs with picks whose numbers every format can hold, in every format."""

from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from picking.science.formats import FORMATS, Coordinates, Export, ExportMicrograph, Found
from picking.science.formats.files import on_disk

WIDTH, HEIGHT, PIXEL_SIZE, BOX = 300, 210, 1.25, 48
NAMES = ("mic_1", "mic_2")


def picks(seed: int) -> Coordinates:
    """Seven, at whole pixels, so that formats with whole numbers lose nothing."""
    random = np.random.default_rng(seed)
    xy = random.integers((0, 0), (WIDTH, HEIGHT), (7, 2)).astype(float)
    return Coordinates.at(xy, random.uniform(0.1, 0.9, 7).round(4))


PICKS = {name: picks(seed) for seed, name in enumerate(NAMES)}


def export(scale: float = 1.0) -> Export:
    micrographs = [ExportMicrograph(name, f"{name}.mrc", WIDTH, HEIGHT, PIXEL_SIZE, PICKS[name]) for name in NAMES]
    return Export(40, micrographs, box_px=BOX, scale=scale)


def write(key: str, folder: Path, scale: float = 1.0) -> Path:
    """The files of a format below `folder`, which is returned."""
    for path, piece in FORMATS[key].write(export(scale)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with (folder / path).open("ab") as file:
            file.write(piece)
    return folder


def read(key: str, *paths: Path) -> dict[str, Coordinates]:
    """Coordinates by the last part of their micrograph's name."""
    found: dict[str, list[Found]] = {}
    for each in FORMATS[key].parse(on_disk(paths)):
        found.setdefault(Path(each.name).stem, []).append(each)
    return {name: Coordinates.joined(part.coordinates for part in parts) for name, parts in found.items()}


def same(found: ArrayLike | None, wanted: ArrayLike, within: float = 1e-4) -> None:
    """Fails unless numbers are those of `wanted`."""
    np.testing.assert_allclose(np.array(found, float), np.array(wanted, float), atol=within)
