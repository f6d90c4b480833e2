"""How many particles are extracted in a second, beside RELION where it is installed, on the same file in one run."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from picking.science.extract.particles import extract_in_parts
from picking.science.extract.settings import ExtractSettings
from picking.science.extract.stack import write_stack
from picking.science.formats.star import write_star
from picking.science.imaging.read import read_micrograph
from picking.science.imaging.write import write_mrc
from tests.bench.tables import Cell, print_table

SIDE, PARTICLES, PIXEL_SIZE = 4096, 1000, 0.9
SETTINGS = (ExtractSettings(256, 64), ExtractSettings(256, 128), ExtractSettings(256))


def run() -> None:
    print(f"\nExtraction of {PARTICLES:,} particles from a micrograph of {SIDE} × {SIDE} pixels, reading it included")
    random = np.random.default_rng(0)
    xy = random.uniform(0, SIDE, (PARTICLES, 2))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_mrc(folder / "a.mrc", random.normal(10, 3, (SIDE, SIDE)).astype(np.float32), PIXEL_SIZE)
        relion = prepared_for_relion(folder, xy) if shutil.which("relion_preprocess") else None
        rows: list[list[Cell]] = []
        for settings in SETTINGS:
            ours = PARTICLES / fastest(partial(extract, folder, xy, settings))
            theirs = PARTICLES / fastest(partial(relion, settings)) if relion else None
            ratio = [round(theirs), f"{ours / theirs:.1f}"] if theirs else ["not installed", ""]
            rows.append([f"box {settings.box} to {settings.size}", round(ours), *ratio])
    print_table(["", "particles/s", "RELION", "CryoWeb / RELION"], rows)


def extract(folder: Path, xy: np.ndarray, settings: ExtractSettings) -> None:
    pixels = read_micrograph(folder / "a.mrc").pixels
    with (folder / "ours.mrcs").open("wb") as file:
        write_stack(file, extract_in_parts(pixels, xy, settings), PIXEL_SIZE * settings.binning)


def prepared_for_relion(folder: Path, xy: np.ndarray) -> Callable[[ExtractSettings], None]:
    """RELION's extraction of the same particles, in one process as its job starts it."""
    optics = ("rlnOpticsGroup", "rlnOpticsGroupName", "rlnMicrographPixelSize", "rlnVoltage", "rlnSphericalAberration")
    content = write_star(
        "optics", (*optics, "rlnAmplitudeContrast"), [("1", "a", str(PIXEL_SIZE), "300", "2.7", "0.1")]
    )
    content += write_star("micrographs", ("rlnMicrographName", "rlnOpticsGroup"), [("a.mrc", "1")])
    (folder / "micrographs.star").write_text(content)
    places = [(f"{x:.6f}", f"{y:.6f}") for x, y in xy]
    (folder / "a_pick.star").write_text(write_star("", ("rlnCoordinateX", "rlnCoordinateY"), places))

    def relion(settings: ExtractSettings) -> None:
        shutil.rmtree(folder / "out", ignore_errors=True)
        (folder / "out").mkdir()
        command = "relion_preprocess --i micrographs.star --coord_dir ./ --coord_suffix _pick.star --part_dir out/ "
        command += f"--part_star out/particles.star --extract --extract_size {settings.box} --scale {settings.size} "
        command += f"--norm --bg_radius {settings.background_radius} --invert_contrast"
        subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)

    return relion


def fastest(work: Callable[[], object], times: int = 3) -> float:
    """Seconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


if __name__ == "__main__":
    run()
