"""A data set that the benchmark reads.

It is a folder with `dataset.json` (pixel_size_angstrom, particle_diameter_angstrom, label_pool, test), `micrographs/`,
`particles.tsv` and `contamination.tsv` (image_name, x_coord, y_coord; full-resolution pixels).
"""

import csv
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from picking.science.imaging.micrograph import Pixels
from picking.science.imaging.network_input import DEFAULT, InputSettings, NetworkInput, make_network_input
from picking.science.imaging.read import EXTENSIONS, read_micrograph
from picking.science.picks import Points, as_points


@dataclass(frozen=True)
class Dataset:
    """Expert particles and contamination of each micrograph, full-resolution pixels; sizes in Å; names by use."""

    folder: Path
    name: str
    pixel_size: float
    diameter: float
    pool: list[str]
    test: list[str]
    particles: Mapping[str, Points]
    contamination: Mapping[str, Points]

    @property
    def diameter_px(self) -> float:
        return self.diameter / self.pixel_size

    def pixels(self, name: str) -> Pixels:
        """Read a micrograph from its file. Raises FileNotFoundError and what read_micrograph() raises."""
        for extension in EXTENSIONS:
            path = self.folder / "micrographs" / (name + extension)
            if path.is_file():
                return read_micrograph(path).pixels
        raise FileNotFoundError(f"{self.folder / 'micrographs'} has no micrograph {name}.")

    def input(self, name: str, made_with: InputSettings = DEFAULT) -> NetworkInput:
        """What the networks see of a micrograph. Raises what pixels() and make_network_input() raise."""
        return make_network_input(self.pixels(name), self.pixel_size, self.diameter, made_with)


def read_dataset(folder: Path) -> Dataset:
    """Raises OSError, or KeyError and ValueError where the files are not as described above."""
    about = json.loads((folder / "dataset.json").read_text())
    return Dataset(
        folder,
        about["name"],
        about["pixel_size_angstrom"],
        about["particle_diameter_angstrom"],
        about["label_pool"],
        about["test"],
        _read_points(folder / "particles.tsv"),
        _read_points(folder / "contamination.tsv"),
    )


def _read_points(path: Path) -> dict[str, Points]:
    points = defaultdict(list)
    with path.open(newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            points[row["image_name"]].append((float(row["x_coord"]), float(row["y_coord"])))
    return {name: as_points(places) for name, places in points.items()}
