"""A data set of simulated micrographs in a folder, as the benchmark reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image

from picking.science.imaging.micrograph import Pixels
from picking.science.imaging.write import write_mrc
from picking.science.simulate import SimulatedMicrograph, Simulation, simulate_micrograph

Format = Literal["MRC 0", "MRC 1", "MRC 2", "MRC 6", "MRC 12", "TIFF 8", "TIFF 16", "PNG"]

DEFOCI = (8_000.0, 30_000.0)  # Å


@dataclass(frozen=True)
class SimulatedSet:
    """`simulation` at defoci from DEFOCI[0] to DEFOCI[1]; label pool and test take turns in them.

    With carbon, every third and fourth micrograph has some.
    """

    simulation: Simulation
    format: Format
    pool: int = 3
    test: int = 2

    def write(self, folder: Path) -> None:
        """Simulate and write everything; micrographs are named 0, 1, 2 … by rising defocus."""
        (folder / "micrographs").mkdir(parents=True)
        simulated = {}
        for number, defocus in enumerate(np.linspace(*DEFOCI, self.pool + self.test).tolist()):
            carbon = self.simulation.carbon and number % 4 > 1
            made = simulate_micrograph(replace(self.simulation, defocus=defocus, carbon=carbon), number)
            simulated[str(number)] = made
            path = folder / "micrographs" / str(number)
            write_micrograph(path, made.pixels, self.simulation.pixel_size, self.format)
        names = [*simulated][::2] + [*simulated][1::2]
        about = {
            "name": "Simulated",
            "pixel_size_angstrom": self.simulation.pixel_size,
            "particle_diameter_angstrom": self.simulation.diameter,
            "label_pool": names[: self.pool],
            "test": names[self.pool :],
        }
        (folder / "dataset.json").write_text(json.dumps(about))
        _write_truth(folder, simulated)


def write_micrograph(path: Path, pixels: Pixels, pixel_size: float, kind: Format) -> None:
    """Write `path` with the suffix of the format: as counted, or stretched to all of 8 bits or of 16."""
    match kind:
        case "MRC 0":
            write_mrc(path.with_suffix(".mrc"), _stretched(pixels, -128, 127), pixel_size, 0)
        case "MRC 1":
            write_mrc(path.with_suffix(".mrc"), pixels, pixel_size, 1)
        case "MRC 2":
            write_mrc(path.with_suffix(".mrc"), pixels / pixels.mean() - 1, pixel_size, 2)
        case "MRC 6":
            write_mrc(path.with_suffix(".mrc"), pixels, pixel_size, 6)
        case "MRC 12":
            write_mrc(path.with_suffix(".mrc"), pixels, pixel_size, 12)
        case "TIFF 8":
            Image.fromarray(_stretched(pixels, 0, 255).astype(np.uint8)).save(path.with_suffix(".tif"))
        case "TIFF 16":
            grey = _stretched(pixels, 0, 65535).astype(np.uint16)
            Image.fromarray(grey).save(path.with_suffix(".tif"), compression="tiff_lzw")
        case "PNG":
            Image.fromarray(_stretched(pixels, 0, 255).astype(np.uint8)).save(path.with_suffix(".png"))


def _stretched(pixels: Pixels, least: float, most: float) -> Pixels:
    low, high = np.percentile(pixels, (0.1, 99.9))
    return np.asarray(np.clip(least + (most - least) * (pixels - low) / (high - low), least, most), np.float32)


def _write_truth(folder: Path, simulated: Mapping[str, SimulatedMicrograph]) -> None:
    for kind in ("particles", "contamination"):
        rows = [f"{name}\t{x}\t{y}" for name, made in simulated.items() for x, y in getattr(made, kind).tolist()]
        (folder / f"{kind}.tsv").write_text("\n".join(["image_name\tx_coord\ty_coord", *rows]))
